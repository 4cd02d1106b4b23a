package dev.keyswitch.worker;

import dev.keyswitch.keygen.RootKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The holder's own files: the root key and the id of the deployment it belongs to.
///
/// The deployment id goes into every derived secret key, so a provider must not be able to change it: it is written down
/// at the first contact and compared ever after.
final class KeyHolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeyHolder.class);

    private final RootKey rootKey;
    private final UUID deploymentId;

    private KeyHolder(RootKey rootKey, UUID deploymentId) {
        this.rootKey = rootKey;
        this.deploymentId = deploymentId;
    }

    /// @param claimedDeployment what the API says it is
    /// @throws WorkerRefusedException if another deployment is pinned
    static KeyHolder open(Path folder, UUID claimedDeployment) throws IOException {
        UUID pinned = pinned(folder.resolve("deployment.id"), claimedDeployment);
        if (!pinned.equals(claimedDeployment)) {
            throw new WorkerRefusedException("This key holder belongs to deployment " + pinned + ", but the API says it is "
                    + claimedDeployment + ". Nothing is made for it.");
        }
        return new KeyHolder(RootKey.read(folder.resolve("root.key")), pinned);
    }

    private static UUID pinned(Path file, UUID claimedDeployment) throws IOException {
        try {
            Files.writeString(file, claimedDeployment + "\n", StandardOpenOption.CREATE_NEW);
            log.info("Pinned the deployment id={} file={}", claimedDeployment, file);
            return claimedDeployment;
        } catch (FileAlreadyExistsException _) {
            try {
                return UUID.fromString(Files.readString(file).strip());
            } catch (IllegalArgumentException e) {
                throw new WorkerRefusedException(file + " does not hold a deployment id.", e);
            }
        }
    }

    RootKey rootKey() {
        return rootKey;
    }

    UUID deploymentId() {
        return deploymentId;
    }

    @Override
    public void close() {
        rootKey.close();
    }
}
