package dev.keyswitch.api;

import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.ProgressListener;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.profile.EvaluationKeyParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// The smallest real evaluation key of a profile. Nothing in its bytes tells whose it is, so one will do for every token.
public final class TinyKey {

    /// Of the root key of whoever makes it.
    public static final String FINGERPRINT = "f".repeat(64);
    private static final String MAC = "a".repeat(64);

    /// Two models with these need different keys.
    public static final TinyKey ONE = new TinyKey(EncryptionProfile.ckks(2048, 27, 27));
    public static final TinyKey OTHER = new TinyKey(EncryptionProfile.bfv(2048, 14, 27, 27));

    private final EncryptionProfile profile;
    private final byte[] bytes;
    private final CompleteUpload announced;

    private TinyKey(EncryptionProfile profile) {
        KeyProfile resolved = EncryptionProfiles.resolve(profile);
        this.profile = profile;
        this.bytes = generated(resolved);
        List<EvaluationKeyPart> parts = EvaluationKeyParts.of(resolved.layout());
        this.announced = new CompleteUpload(sha256(bytes), (long) bytes.length, parts, MAC, 1L);
    }

    public EncryptionProfile profile() {
        return profile;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public long size() {
        return bytes.length;
    }

    /// What is said of it at the end of its upload.
    public CompleteUpload announced() {
        return announced;
    }

    /// What is said to get the work.
    public static ClaimEvaluationKey claim(long generation) {
        return new ClaimEvaluationKey(generation, FINGERPRINT, "worker-1");
    }

    private static byte[] generated(KeyProfile profile) {
        SecureRandom random = new SecureRandom();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SecretKey secret = SecretKey.random(random, profile.parameters())) {
            new EvaluationKeyGenerator().generate(secret, profile, bytes, ProgressListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// In hexadecimal digits.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
