package dev.keyswitch.keygen;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;

/// A root key file gets another key, in two steps, for in between the provider must be told of it: the new key is written beside the present
/// one, and later takes its place. After a crash both steps are simply done again. The former key is kept under a name that ends with
/// the beginning of its fingerprint: only it decrypts what was encrypted before.
public final class RootKeyExchange {
    private static final int NAME_LENGTH = 16;

    private final Path file;
    private final Path next;

    /// @param file the root key file in use
    public RootKeyExchange(Path file) {
        this.file = file;
        next = file.resolveSibling(file.getFileName() + ".new");
    }

    /// Writes a new root key, or finds the one that was written before a crash.
    ///
    /// @return its fingerprint
    public String prepare(SecureRandom random) throws IOException {
        if (!Files.exists(next)) {
            try (RootKey fresh = RootKey.generate(random)) {
                fresh.write(next);
            }
        }
        return RootKey.fingerprint(next);
    }

    /// The fingerprint of a new root key that has not taken its place yet.
    public Optional<String> prepared() throws IOException {
        return Files.exists(next) ? Optional.of(RootKey.fingerprint(next)) : Optional.empty();
    }

    /// The new root key takes the place of the present one. At no moment is there no root key file.
    ///
    /// @return where the former one is now
    public Path complete() throws IOException {
        Path former = file.resolveSibling(file.getFileName() + "." + RootKey.fingerprint(file).substring(0, NAME_LENGTH));
        keep(former);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return former;
    }

    private void keep(Path former) throws IOException {
        if (Files.exists(former, LinkOption.NOFOLLOW_LINKS)) {
            if (!RootKey.fingerprint(former).equals(RootKey.fingerprint(file))) {
                throw new FileAlreadyExistsException(former.toString());
            }
        } else {
            try (RootKey present = RootKey.read(file)) {
                present.write(former);
            }
        }
    }
}
