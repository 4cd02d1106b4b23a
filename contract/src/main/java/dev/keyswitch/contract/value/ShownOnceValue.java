package dev.keyswitch.contract.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/// The format of values that are shown once: token values `kst_…` and management keys `ksm_…`.
///
/// Prefix, 32 bytes in base 62 (43 characters), then the CRC-32 of all characters before it in base 62 (6 characters).
/// The checksum lets secret scanners tell such a value from noise, and refuses a mistyped one without a look-up; it
/// protects nothing. Instances hold a secret: they print redacted.
public final class ShownOnceValue {

    /// Prefix of a token's value.
    public static final String TOKEN_PREFIX = "kst_";
    /// Prefix of a management credential's value.
    public static final String CREDENTIAL_PREFIX = "ksm_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int PREFIX_LENGTH = 4;
    private static final int LENGTH = PREFIX_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;

    private final String text;

    private ShownOnceValue(String text) {
        this.text = text;
    }

    /// @param secret 32 bytes from a CSPRNG
    public static ShownOnceValue of(String prefix, byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a shown-once value is made of 32 bytes");
        }
        String body = prefix + base62(secret);
        return new ShownOnceValue(body + checksum(body));
    }

    /// Whether `text` has the form of a value with this prefix, checksum included. Says nothing about its validity.
    public static boolean isWellFormed(String prefix, String text) {
        if (text.length() != LENGTH || !text.startsWith(prefix)) {
            return false;
        }
        int split = LENGTH - CHECKSUM_LENGTH;
        return checksum(text.substring(0, split)).equals(text.substring(split));
    }

    /// The value itself, to be shown once.
    public String reveal() {
        return text;
    }

    /// The last four characters, by which people recognise a value.
    public String hint() {
        return text.substring(text.length() - 4);
    }

    @Override
    public String toString() {
        return text.substring(0, PREFIX_LENGTH) + "(redacted)";
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % 62));
            rest /= 62;
        }
        return new String(digits);
    }

    /// Repeated division of the big-endian number by 62; works on a copy that is cleared afterwards.
    private static String base62(byte[] secret) {
        byte[] number = secret.clone();
        char[] digits = new char[SECRET_LENGTH];
        for (int i = digits.length - 1; i >= 0; i--) {
            int remainder = 0;
            for (int k = 0; k < number.length; k++) {
                int value = (remainder << 8) | (number[k] & 0xFF);
                number[k] = (byte) (value / 62);
                remainder = value % 62;
            }
            digits[i] = ALPHABET.charAt(remainder);
        }
        Arrays.fill(number, (byte) 0);
        return new String(digits);
    }
}
