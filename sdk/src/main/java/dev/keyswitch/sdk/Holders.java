package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RotateRootKey;
import dev.keyswitch.contract.value.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Key holders.
public final class Holders {
    private static final TypeReference<Page<Holder>> PAGE = new TypeReference<>() {};

    private final Wire wire;

    Holders(Wire wire) {
        this.wire = wire;
    }

    /// All of them.
    public List<Holder> list() {
        return Pages.stream(
                        cursor -> wire.get(
                                Target.of("/v1/holders").with("cursor", cursor).toString(), PAGE),
                        null)
                .toList();
    }

    public Holder get(UUID holder) {
        return wire.get("/v1/holders/" + holder, Holder.class);
    }

    /// With its tag, for a change that must not overwrite somebody else's.
    public Versioned<Holder> read(UUID holder) {
        Answer answer = wire.send(wire.call("GET", "/v1/holders/" + holder));
        return new Versioned<>(wire.read(answer, Holder.class), answer.headers().firstValue("ETag").orElse(""));
    }

    /// Changes the holder if it is still as it was read; refused with 412 otherwise.
    public Holder change(Versioned<Holder> read, ChangeHolder change) {
        return wire.exchange(
                "PATCH",
                "/v1/holders/" + read.value().id(),
                change,
                Holder.class,
                call -> call.header("If-Match", read.tag()));
    }

    public Holder create(CreateHolder holder) {
        return wire.post("/v1/holders", holder, Holder.class);
    }

    public Holder change(UUID holder, ChangeHolder change) {
        return wire.exchange("PATCH", "/v1/holders/" + holder, change, Holder.class, UnaryOperator.identity());
    }

    /// From now on keys are made from the root key with this fingerprint, and those of the former one are replaced, as far as a
    /// [Holder#rotation] says.
    public Holder rotateRootKey(UUID holder, String rootFingerprint) {
        return wire.post("/v1/holders/" + holder + "/rotate-root-key", new RotateRootKey(rootFingerprint), Holder.class);
    }

    /// The same if the holder is still as it was read; refused with 412 otherwise.
    public Holder rotateRootKey(Versioned<Holder> read, String rootFingerprint) {
        return wire.exchange(
                "POST",
                "/v1/holders/" + read.value().id() + "/rotate-root-key",
                new RotateRootKey(rootFingerprint),
                Holder.class,
                call -> call.header("If-Match", read.tag()));
    }
}
