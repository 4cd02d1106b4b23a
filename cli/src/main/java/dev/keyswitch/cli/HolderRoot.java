package dev.keyswitch.cli;

import dev.keyswitch.keygen.RootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/// The holder's own files: its root key, and the id of the deployment that it was set up for. That id goes into every secret key, so it is
/// never taken from the API.
record HolderRoot(RootKey key, UUID deploymentId) implements AutoCloseable {
    static HolderRoot open(Path rootKeyFile) throws IOException {
        UUID pinned = pinnedDeployment(rootKeyFile);
        return new HolderRoot(RootKey.read(rootKeyFile), pinned);
    }

    private static UUID pinnedDeployment(Path rootKeyFile) throws IOException {
        Path file = rootKeyFile.resolveSibling("deployment.id");
        try {
            return UUID.fromString(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            throw CommandException.refused(
                    "The deployment this root key belongs to is not pinned: there is no file " + file + " beside it.");
        } catch (IllegalArgumentException e) {
            throw CommandException.refused("The file " + file + " does not hold a deployment id.");
        }
    }

    /// @param said what the API says it is
    void refuseOtherDeployment(UUID said) {
        if (!deploymentId.equals(said)) {
            throw CommandException.refused(
                    "This root key belongs to the deployment %s, but the API is of the deployment %s."
                            .formatted(deploymentId, said));
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
