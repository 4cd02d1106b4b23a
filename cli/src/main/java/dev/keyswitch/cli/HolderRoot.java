package dev.keyswitch.cli;

import dev.keyswitch.keygen.RootKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/// The holder's own files: its root key, and the id of the deployment that it was set up for. That id goes into every secret key, so it is
/// never taken from the API.
record HolderRoot(RootKey key, UUID deploymentId) implements AutoCloseable {
    static HolderRoot open(Path rootKeyFile) throws IOException {
        UUID pinned = HolderKey.pinnedDeployment(rootKeyFile);
        return new HolderRoot(RootKey.read(rootKeyFile), pinned);
    }

    /// @param said what the API says it is
    void refuseOtherDeployment(UUID said) {
        HolderKey.refuseOtherDeployment(deploymentId, said);
    }

    @Override
    public void close() {
        key.close();
    }
}
