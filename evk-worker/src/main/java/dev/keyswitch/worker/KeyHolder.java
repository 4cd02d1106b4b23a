package dev.keyswitch.worker;

import dev.keyswitch.keygen.RootKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The holder's own files: the root key and the id of the deployment it belongs to.
///
/// The deployment id goes into every derived secret key, so a provider must not be able to change it: it is written down
/// at the first contact and compared ever after.
///
/// Safe for use by several threads.
final class KeyHolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeyHolder.class);

    private final Path rootKeyFile;
    private final UUID deploymentId;
    /// All that were in use, the present one last: keys may still be in the making from a former one.
    private final List<RootKey> rootKeys = new ArrayList<>();

    private KeyHolder(Path rootKeyFile, UUID deploymentId) throws IOException {
        this.rootKeyFile = rootKeyFile;
        this.deploymentId = deploymentId;
        rootKeys.add(RootKey.read(rootKeyFile));
    }

    /// @param claimedDeployment what the API says it is
    /// @throws WorkerRefusedException if another deployment is pinned
    static KeyHolder open(Path folder, UUID claimedDeployment) throws IOException {
        UUID pinned = pinned(folder.resolve("deployment.id"), claimedDeployment);
        if (!pinned.equals(claimedDeployment)) {
            throw new WorkerRefusedException("This key holder belongs to deployment " + pinned + ", but the API says it is "
                    + claimedDeployment + ". Nothing is made for it.");
        }
        return new KeyHolder(folder.resolve("root.key"), pinned);
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

    synchronized RootKey rootKey() {
        return rootKeys.getLast();
    }

    /// Reads the file again: the root key may have been rotated.
    ///
    /// @param known one that is not right any more
    /// @return whether there is another one now
    synchronized boolean hasOtherThan(RootKey known) {
        if (rootKey() != known) {
            return true;
        }
        try {
            RootKey read = RootKey.read(rootKeyFile);
            if (read.fingerprint().equals(known.fingerprint())) {
                read.close();
                return false;
            }
            rootKeys.add(read);
            log.info("Works with another root key now rootFingerprint={}", read.fingerprint());
            return true;
        } catch (IOException e) {
            log.warn("The root key file cannot be read again because=\"{}\"", e.getMessage());
            return false;
        }
    }

    UUID deploymentId() {
        return deploymentId;
    }

    @Override
    public synchronized void close() {
        rootKeys.forEach(RootKey::close);
    }
}
