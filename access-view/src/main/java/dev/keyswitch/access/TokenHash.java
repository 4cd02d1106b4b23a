package dev.keyswitch.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of a token's value. Which table it is looked up in is no secret, and neither is it.
record TokenHash(long a, long b, long c, long d) {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(TokenHash::sha256);
    private static final int HEX_LENGTH = 64;

    static TokenHash ofValue(String value) {
        return ofBytes(SHA256.get().digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws IllegalArgumentException if it is not one
    static TokenHash ofHex(String hex) {
        if (hex.length() != HEX_LENGTH) {
            throw new IllegalArgumentException("not the hex of a SHA-256");
        }
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    private static TokenHash ofBytes(byte[] bytes) {
        return new TokenHash(
                (long) LONG.get(bytes, 0), (long) LONG.get(bytes, 8), (long) LONG.get(bytes, 16), (long) LONG.get(bytes, 24));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The bits are as good as random already.
    @Override
    public int hashCode() {
        return (int) a;
    }
}
