package dev.keyswitch.keygen;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/// Derives a secret key, generates with it, writes it, reads it back, verifies, and closes everything. Takes pictures of its memory while
/// it holds the secret and afterwards.
final class SecretsInMemoryProgram {
    static final KeyId ID = new KeyId(new UUID(1, 2), new UUID(3, 4), new UUID(5, 6), 7);

    private SecretsInMemoryProgram() {}

    /// @param arguments root key file, folder for the pictures
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        EncryptionParameters parameters = parameters();
        try (RootKey root = RootKey.read(Path.of(arguments[0]));
                SecretKey secretKey = SecretKey.derive(root, ID, parameters)) {
            for (KeyForm form : KeyForm.values()) {
                KeyProfile profile = new KeyProfile(parameters, RotationSteps.of(1, 0), true, form, SealStamp.V3_7);
                byte[] key = TinyKeys.evaluationKey(secretKey, profile);
                TinyKeys.verify(secretKey, profile, key);
                ByteArrayOutputStream publicKey = new ByteArrayOutputStream();
                PublicKeyGenerator.write(secretKey, form, SealStamp.V3_7, publicKey);
                PublicKeyCheck.verify(
                        secretKey, form, SealStamp.V3_7, new ByteArrayInputStream(publicKey.toByteArray()));
            }
            readBack(secretKey, parameters);
            picture(folder.resolve("open.hprof"));
        }
        picture(folder.resolve("closed.hprof"));
    }

    static EncryptionParameters parameters() {
        return EncryptionParameters.of(Scheme.BFV, 4096, Primes.defaults(4096, SecurityLevel.BITS_128), 1032193);
    }

    /// The file's bytes are the caller's to clear.
    private static void readBack(SecretKey secretKey, EncryptionParameters parameters) throws Exception {
        byte[] file = new byte[88 + 8 * 3 * 4096];
        secretKey.writeTo(new ArrayOutputStream(file), SealStamp.V3_7);
        SecretKey.readFrom(new ByteArrayInputStream(file), parameters, SealStamp.V3_7).close();
        Arrays.fill(file, (byte) 0);
    }

    /// All objects, also those that nothing refers to any more.
    private static void picture(Path file) throws Exception {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), false);
    }

    private static final class ArrayOutputStream extends OutputStream {
        private final byte[] target;
        private int position;

        ArrayOutputStream(byte[] target) {
            this.target = target;
        }

        @Override
        public void write(int octet) {
            target[position++] = (byte) octet;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            System.arraycopy(bytes, offset, target, position, length);
            position += length;
        }
    }
}
