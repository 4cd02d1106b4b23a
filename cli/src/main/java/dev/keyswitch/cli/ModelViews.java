package dev.keyswitch.cli;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.Rotations;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Models as people read them.
final class ModelViews {
    private ModelViews() {}

    static Table table(Terminal terminal, List<Model> models) {
        Table table =
                new Table("NAME", "STATUS", "SCHEME", ">DEGREE", "PRIMES", "ROTATIONS", ">TOKENS", "CREATED", "ID");
        for (Model model : models) {
            EncryptionProfile profile = model.encryptionProfile();
            table.row(
                    model.name(),
                    model.status(),
                    profile.scheme(),
                    profile.polyModulusDegree(),
                    primes(profile),
                    rotations(profile.rotations()),
                    model.tokenCount(),
                    terminal.time(model.createdAt()),
                    model.id());
        }
        return table;
    }

    static Facts facts(Terminal terminal, Model model) {
        EncryptionProfile profile = model.encryptionProfile();
        return new Facts()
                .with("name", model.name())
                .with("id", model.id())
                .with("description", model.description())
                .with("status", model.status())
                .with("tokens", model.tokenCount())
                .with("in work", job(model.job()))
                .with("created", terminal.time(model.createdAt()))
                .with("scheme", profile.scheme())
                .with("degree", profile.polyModulusDegree())
                .with("primes", primes(profile) + " bits")
                .with("plain modulus", profile.plainModulus())
                .with("rotations", rotations(profile.rotations()))
                .with("relinearization", Boolean.FALSE.equals(profile.relinearization()) ? "no" : "yes")
                .with("key form", profile.keyForm())
                .with(
                        "SEAL stamp",
                        profile.sealStamp() == null ? null : profile.sealStamp().text())
                .with("profile digest", profile.digest())
                .with("parms id", profile.parmsId());
    }

    private static @Nullable String job(@Nullable ModelJob job) {
        if (job == null) {
            return null;
        }
        String what =
                switch (job.kind()) {
                    case RENEW_KEYS -> "new evaluation keys";
                    case UNASSIGN_TOKENS -> "deletion, tokens unassigned";
                    case CANCEL_MOVES -> "moves canceled";
                };
        return what + ": " + job.done() + " of " + job.total() + (job.failure() == null ? "" : ", " + job.failure());
    }

    /// Their sizes; the numbers themselves are in the JSON.
    private static String primes(EncryptionProfile profile) {
        return Objects.requireNonNullElse(profile.coeffModulus(), List.<String>of()).stream()
                .map(prime -> Integer.toString(new BigInteger(prime).bitLength()))
                .collect(Collectors.joining(","));
    }

    private static String rotations(@Nullable Rotations rotations) {
        return switch (rotations) {
            case null -> "none";
            case Rotations.None none -> "none";
            case Rotations.All all -> "all";
            case Rotations.Steps some ->
                some.steps().size() <= 6
                        ? some.steps().stream().map(String::valueOf).collect(Collectors.joining(","))
                        : some.steps().size() + " steps";
        };
    }
}
