package dev.keyswitch.console.access;

import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A management credential as the list shows it.
///
/// @param boundTo the key holder of an AGENT, the models of a GATEWAY; empty if it is bound to nothing
/// @param own whether it is the one of who looks
/// @param now when the page was made
public record CredentialRow(Credential credential, String boundTo, boolean own, Instant now) {

    /// Roles that a new credential may have.
    public static final List<Role> OFFERED = List.of(Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT, Role.GATEWAY);

    /// @param holders names of those that they may be bound to
    static List<CredentialRow> of(List<Credential> credentials, Map<UUID, String> holders, Session session, Instant now) {
        Map<UUID, String> models = session.names()
                .ofModels(credentials.stream()
                        .flatMap(one -> one.modelIds() == null ? Stream.empty() : one.modelIds().stream())
                        .toList());
        UUID own = session.whoami().credentialId();
        return credentials.stream().map(one -> of(one, holders, models, own, now)).toList();
    }

    private static CredentialRow of(
            Credential credential, Map<UUID, String> holders, Map<UUID, String> models, UUID own, Instant now) {
        String boundTo = credential.holderId() != null
                ? holders.getOrDefault(credential.holderId(), "")
                : Objects.requireNonNullElse(credential.modelIds(), List.<UUID>of()).stream()
                        .map(id -> models.getOrDefault(id, "a deleted model"))
                        .collect(Collectors.joining(", "));
        return new CredentialRow(credential, boundTo, credential.id().equals(own), now);
    }

    /// Where it is rolled and revoked.
    public String path() {
        return "/access/credentials/" + credential.id();
    }

    public String role() {
        return credential.role().name().toLowerCase(Locale.ROOT);
    }

    /// What a role may do, in a few words.
    public static String words(Role role) {
        return switch (role) {
            case ADMIN -> "creates and suspends accounts";
            case OWNER -> "everything in this account";
            case OPERATOR -> "tokens and their assignments; reads everything";
            case VIEWER -> "reads everything, changes nothing";
            case AGENT -> "a worker of one key holder: claims and uploads evaluation keys";
            case GATEWAY -> "a model server: asks whether a token may query, downloads evaluation keys";
        };
    }
}
