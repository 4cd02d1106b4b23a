package dev.keyswitch.standalone.up;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.RootKeyExchange;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Sets the account's default key holder up on this machine: root key, pinned deployment, its fingerprint told to the
/// provider, a credential for its worker. Does only what is missing, so it can be run again after any crash.
public final class Provisioning {

    private Provisioning() {}

    static Path rootKey(Path holderFolder) {
        return holderFolder.resolve("root.key");
    }

    public static Path agentCredential(Path holderFolder) {
        return holderFolder.resolve("agent.credential");
    }

    /// @param owner with a credential of role OWNER
    /// @throws RefusedStartException if the holder's root key, or the deployment, is another one
    public static void provision(KeyswitchClient owner, Path holderFolder) throws IOException {
        Files.createDirectories(
                holderFolder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Account account = owner.account();
        pinDeployment(holderFolder.resolve("deployment.id"), account.deploymentId());
        announceRootKey(owner, account.defaultHolderId(), rootKey(holderFolder));
        if (!Files.exists(agentCredential(holderFolder))) {
            Credential agent = owner.credentials()
                    .create(new CreateCredential("evk-worker", Role.AGENT, account.defaultHolderId()));
            writePrivately(agentCredential(holderFolder), Objects.requireNonNull(agent.value()));
        }
    }

    private static void pinDeployment(Path file, UUID deploymentId) throws IOException {
        if (!Files.exists(file)) {
            writePrivately(file, deploymentId.toString());
        } else if (!Files.readString(file).strip().equals(deploymentId.toString())) {
            throw new RefusedStartException("The key holder in " + file.getParent() + " belongs to another deployment.");
        }
    }

    private static String fingerprint(Path file) throws IOException {
        if (!Files.exists(file)) {
            try (RootKey fresh = RootKey.generate(new SecureRandom())) {
                fresh.write(file);
            }
        }
        return RootKey.fingerprint(file);
    }

    private static void announceRootKey(KeyswitchClient owner, UUID holderId, Path file) throws IOException {
        String fingerprint = fingerprint(file);
        Holder holder = owner.holders().get(holderId);
        if (holder.rootFingerprint() == null) {
            owner.holders().change(holderId, new ChangeHolder(null, fingerprint));
        } else if (!holder.rootFingerprint().equals(fingerprint)) {
            takeUpRotation(holder, new RootKeyExchange(file));
        }
    }

    /// The provider was told of a new root key, and then something crashed.
    private static void takeUpRotation(Holder holder, RootKeyExchange exchange) throws IOException {
        if (exchange.prepared().filter(next -> next.equals(holder.rootFingerprint())).isEmpty()) {
            throw new RefusedStartException("The key holder " + holder.name() + " has another root key.");
        }
        exchange.complete();
    }

    /// Whole or not at all: a crash in between leaves no half file behind.
    private static void writePrivately(Path file, String line) throws IOException {
        Path parent = Objects.requireNonNull(file.getParent());
        Path fresh = parent.resolve(file.getFileName() + "." + UUID.randomUUID());
        try (var channel = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
