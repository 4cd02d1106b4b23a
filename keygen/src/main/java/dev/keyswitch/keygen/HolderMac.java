package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.internal.random.Derivation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// By which a key holder recognises, later and elsewhere, the evaluation keys it made itself: HMAC-SHA256 under a key derived from its
/// root key. Covers whose key it is, the digest of its content and where its parts lie.
public final class HolderMac {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SALT = "keyswitch/holder-mac/v1";
    private static final int KEY = 32;
    private static final int DIGEST = 32;

    private HolderMac() {}

    /// @param sha256Hex SHA-256 of the evaluation key's content, hexadecimal
    /// @return lower-case hexadecimal
    public static String sign(RootKey root, KeyId id, String sha256Hex, List<Part> parts) {
        byte[] digest = HexFormat.of().parseHex(sha256Hex);
        if (digest.length != DIGEST) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
        }
        Fields fields = new Fields().keyId(id).octets(digest).number(parts.size());
        for (Part part : parts) {
            fields.octets(part.kind().name().getBytes(StandardCharsets.US_ASCII))
                    .number(part.offset())
                    .number(part.length());
        }
        return HexFormat.of().formatHex(mac(root, fields.toBytes()));
    }

    /// Whether this root key signed exactly this. Takes the same time wherever a wrong MAC differs.
    public static boolean verify(RootKey root, KeyId id, String sha256Hex, List<Part> parts, String mac) {
        byte[] expected = sign(root, id, sha256Hex, parts).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, mac.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(RootKey root, byte[] message) {
        byte[] key = Derivation.derive(root.bytes(), SALT, new byte[0], KEY);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
