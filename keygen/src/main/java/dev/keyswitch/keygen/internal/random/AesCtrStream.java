package dev.keyswitch.keygen.internal.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key stream of AES-256 in counter mode, from counter zero. The cipher object keeps a copy of its key that Java gives no way
/// to clear.
public final class AesCtrStream extends BufferedStream {
    public static final int KEY = 32;

    /// Always the same size: the virtual machine's fast path for counter mode is compiled for it.
    private static final int BUFFER = 1 << 14;
    private static final byte[] ZEROS = new byte[BUFFER];
    private static final int IV = 16;

    private final Cipher cipher;
    private final byte[] bytes = new byte[BUFFER];
    private final LongBuffer words =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();

    /// @param key 32 bytes
    public AesCtrStream(byte[] key) {
        super(BUFFER / Long.BYTES);
        if (key.length != KEY) {
            throw new IllegalArgumentException("an AES-256 key has 32 bytes");
        }
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[IV]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in counter mode", e);
        }
    }

    @Override
    void next(long[] target, int offset) {
        try {
            cipher.update(ZEROS, 0, BUFFER, bytes, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the block has the size that was asked for", e);
        }
        words.get(0, target, offset, BUFFER / Long.BYTES);
    }

    @Override
    public void close() {
        super.close();
        Arrays.fill(bytes, (byte) 0);
    }
}
