package dev.keyswitch.api.idempotency;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// A client's name for one call. It is a secret: whoever has it can read the answer, so it is kept as a hash only, and is long
/// enough that nobody guesses it.
public final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[!-~&&[^\"\\\\,]]{1,255}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9-]*");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F-]*");
    private static final int MIN_BITS = 128;
    /// Far fewer than 128 random bits have, however they are written.
    private static final int MIN_DIFFERENT = 6;
    private static final byte[] SALT = "keyswitch/idempotency/v1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private IdempotencyKey(String text) {
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /// For operations that keep their answers themselves.
    public static Optional<IdempotencyKey> of(HttpRequest<?> request) {
        List<String> sent = request.getHeaders().getAll(HEADER);
        return sent.isEmpty() ? Optional.empty() : Optional.of(of(sent));
    }

    /// The key of a part of the call. No call has it: a line feed is in no header.
    IdempotencyKey part(int number) {
        return new IdempotencyKey(new String(bytes, StandardCharsets.US_ASCII) + "\n" + number);
    }

    /// @param sent the header as often as it was sent
    static IdempotencyKey of(List<String> sent) {
        if (sent.size() != 1) {
            throw refused("must be given once");
        }
        String text = unquoted(sent.getFirst().strip());
        if (!FORM.matcher(text).matches()) {
            throw refused("has 1 to 255 visible ASCII characters, without quotes, backslashes and commas");
        }
        if (bits(text) < MIN_BITS || text.chars().distinct().count() < MIN_DIFFERENT) {
            throw refused("needs at least " + MIN_BITS
                    + " random bits, for example 22 characters of base64url, 32 hexadecimal digits or a UUID");
        }
        return new IdempotencyKey(text);
    }

    /// The header is a string of structured fields (RFC 9651) to some clients, and a bare word to others.
    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    /// At most so many bits are in it, by its length and the characters that it seems to be drawn from.
    private static double bits(String text) {
        long characters = text.chars().filter(c -> c != '-').count();
        if (DECIMAL.matcher(text).matches()) {
            return characters * 3.32;
        }
        return HEXADECIMAL.matcher(text).matches() ? characters * 4 : text.length() * 6L;
    }

    /// Under which it is found again.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The AES-256 key of its answer. Nobody without the Idempotency-Key can derive it.
    SecretKey encryptionKey() {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(bytes)
                                    .addSalt(SALT)
                                    .thenExpand("answer".getBytes(StandardCharsets.US_ASCII), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of this version has HKDF-SHA256", e);
        }
    }

    private static ProblemException refused(String rule) {
        return new ProblemException(ProblemCode.MALFORMED_REQUEST, "The header " + HEADER + " " + rule + ".");
    }

    @Override
    public String toString() {
        return "IdempotencyKey[redacted]";
    }
}
