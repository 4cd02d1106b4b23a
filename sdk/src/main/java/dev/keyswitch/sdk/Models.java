package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.value.Page;
import java.util.UUID;
import java.util.stream.Stream;

/// Models and their encryption profiles.
public final class Models {
    private static final TypeReference<Page<Model>> PAGE = new TypeReference<>() {};

    private final Wire wire;

    Models(Wire wire) {
        this.wire = wire;
    }

    public Model create(CreateModel model) {
        return wire.post("/v1/models", model, Model.class);
    }

    public Model get(UUID model) {
        return wire.get("/v1/models/" + model, Model.class);
    }

    /// One page.
    public Page<Model> list(ModelQuery query) {
        return wire.get(query.target(), PAGE);
    }

    /// Every page from the query's cursor on, fetched as the stream is read.
    public Stream<Model> all(ModelQuery query) {
        return Pages.stream(cursor -> list(query.cursor(cursor)), query.cursor());
    }

    /// The model's parameters as a SEAL `EncryptionParameters` object.
    public byte[] encryptionParameters(UUID model) {
        return wire.bytes("/v1/models/" + model + "/encryption-parameters");
    }
}
