package dev.keyswitch.cli;

import dev.keyswitch.keygen.RootKey;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which root key a key holder has. The key itself stays here: only its fingerprint is told.
final class FingerprintOptions {
    @Option(
            names = "--root-key",
            paramLabel = "FILE",
            description = "The holder's root key file; its fingerprint is told, the key stays here.")
    private @Nullable Path rootKey;

    @Option(names = "--root-fingerprint", paramLabel = "HEX", description = "The fingerprint itself, 64 hexadecimal digits.")
    private @Nullable String fingerprint;

    /// @return null if none is given
    @Nullable
    String read() throws IOException {
        if (rootKey == null) {
            return fingerprint;
        }
        if (fingerprint != null) {
            throw CommandException.usage("--root-key and --root-fingerprint exclude each other.");
        }
        return RootKey.fingerprint(rootKey);
    }
}
