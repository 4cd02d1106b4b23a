package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.value.Page;
import java.util.List;
import java.util.UUID;

/// Management keys of the account.
public final class Credentials {
    private static final TypeReference<Page<Credential>> PAGE = new TypeReference<>() {};

    private final Wire wire;

    Credentials(Wire wire) {
        this.wire = wire;
    }

    /// All of them, without their values.
    public List<Credential> list() {
        return Pages.stream(
                        cursor -> wire.get(
                                Target.of("/v1/credentials")
                                        .with("cursor", cursor)
                                        .toString(),
                                PAGE),
                        null)
                .toList();
    }

    /// The answer alone carries the credential's value.
    public Credential create(CreateCredential credential) {
        return wire.post("/v1/credentials", credential, Credential.class);
    }

    /// From now on it is refused.
    public void revoke(UUID credential) {
        wire.send(wire.call("DELETE", "/v1/credentials/" + credential));
    }
}
