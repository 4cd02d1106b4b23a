package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.Derivation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/// The 256 random bits from which a key holder's secret keys are derived. Whoever has them can decrypt everything of this holder.
/// Zeroised when closed, never printed. Not for use by several threads while one of them may close it.
public final class RootKey implements AutoCloseable {
    static final int LENGTH = 32;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String FINGERPRINT_SALT = "keyswitch/root-key-fingerprint/v1";

    private final byte[] bytes;
    private boolean closed;

    private RootKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static RootKey generate(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new RootKey(bytes);
    }

    /// @param bytes 32 bytes, copied; clearing them stays the caller's business
    public static RootKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a root key has 32 bytes");
        }
        return new RootKey(bytes.clone());
    }

    /// Reads what [#write] wrote: 64 hexadecimal digits and a line feed.
    ///
    /// @throws IOException if the file is not that, or if others than its owner may touch it
    public static RootKey read(Path file) throws IOException {
        if (hasOwners(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("The root key file " + file + " must be readable by its owner only (chmod 600).");
        }
        byte[] text = Files.readAllBytes(file);
        byte[] bytes = new byte[LENGTH];
        try {
            if (text.length != 2 * LENGTH + 1 || text[2 * LENGTH] != '\n') {
                throw notARootKey(file);
            }
            for (int i = 0; i < LENGTH; i++) {
                bytes[i] = (byte) (HexFormat.fromHexDigit(text[2 * i]) << 4 | HexFormat.fromHexDigit(text[2 * i + 1]));
            }
            return of(bytes);
        } catch (NumberFormatException e) {
            throw notARootKey(file);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Creates the file, for its owner only, and has it on the disk before returning.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one: a root key is never overwritten
    public void write(Path newFile) throws IOException {
        byte[] text = new byte[2 * LENGTH + 1];
        for (int i = 0; i < LENGTH; i++) {
            text[2 * i] = (byte) HexFormat.of().toHighHexDigit(bytes()[i]);
            text[2 * i + 1] = (byte) HexFormat.of().toLowHexDigit(bytes()[i]);
        }
        text[2 * LENGTH] = '\n';
        FileAttribute<?>[] attributes = hasOwners(Objects.requireNonNull(newFile.toAbsolutePath().getParent(), "a file lies in a folder"))
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(newFile, options, attributes)) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /// A public name for this key, lower-case hexadecimal: the SHA-256 of a value derived for nothing else.
    public String fingerprint() {
        byte[] derived = Derivation.derive(bytes(), FINGERPRINT_SALT, new byte[0], LENGTH);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(derived));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /// The fingerprint of the key in a file.
    ///
    /// @throws IOException as [#read]
    public static String fingerprint(Path file) throws IOException {
        try (RootKey key = read(file)) {
            return key.fingerprint();
        }
    }

    /// The key itself, not a copy.
    byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("this root key was closed");
        }
        return bytes;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "RootKey[redacted]";
    }

    private static boolean hasOwners(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static IOException notARootKey(Path file) {
        return new IOException("The file " + file + " does not hold a root key: 64 hexadecimal digits and a line feed.");
    }
}
