package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.value.Page;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
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
        return wire.get(path(model), Model.class);
    }

    /// Those of these models that are there, in no order, with as few calls as possible.
    public List<Model> withIds(Collection<UUID> models) {
        return Pages.withIds(models, ids -> list(ModelQuery.everything().ids(ids).limit(ids.size())));
    }

    /// With its tag, for a change that must not overwrite somebody else's.
    public Versioned<Model> read(UUID model) {
        Answer answer = wire.send(wire.call("GET", path(model)));
        return new Versioned<>(wire.read(answer, Model.class), answer.headers().firstValue("ETag").orElse(""));
    }

    /// Changes what `change` names, and nothing else.
    public Model change(UUID model, ChangeModel change) {
        return wire.exchange("PATCH", path(model), change, Model.class, Call::asRepeatable);
    }

    /// The same, if the model is still as it was read; refused with 412 otherwise.
    public Model change(Versioned<Model> read, ChangeModel change) {
        return wire.exchange(
                "PATCH", path(read.value().id()), change, Model.class, call -> call.header("If-Match", read.tag()));
    }

    /// Another encryption profile. Every token of the model gets a new evaluation key, one after the other; how far that
    /// is, the model's `job` tells.
    public Model changeEncryptionProfile(UUID model, EncryptionProfile profile) {
        return wire.exchange(
                "PUT", path(model) + "/encryption-profile", profile, Model.class, UnaryOperator.identity());
    }

    public Model activate(UUID model) {
        return wire.exchange("POST", path(model) + "/activate", null, Model.class, Call::asRepeatable);
    }

    /// Its tokens stay assigned and cannot query it until it is active again.
    public Model deactivate(UUID model) {
        return wire.exchange("POST", path(model) + "/deactivate", null, Model.class, Call::asRepeatable);
    }

    /// Refused with `model-has-tokens` while tokens are assigned.
    public void delete(UUID model) {
        wire.send(wire.call("DELETE", path(model)));
    }

    /// Unassigns the model's tokens, one after the other, and then deletes it. When this returns, nobody may query it any
    /// more; it is gone when reading it is refused with `not-found`.
    public void deleteWithAssignments(UUID model) {
        wire.send(wire.call("DELETE", path(model) + "?unassignTokens=true"));
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
        return wire.bytes(path(model) + "/encryption-parameters");
    }

    private static String path(UUID model) {
        return "/v1/models/" + model;
    }
}
