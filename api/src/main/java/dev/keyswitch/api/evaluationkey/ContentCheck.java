package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.evaluationkey.UploadCompletion.Announced;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.keygen.EvaluationKeyCheck;
import dev.keyswitch.keygen.EvaluationKeyLayout;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.MalformedKeyException;
import dev.keyswitch.profile.EvaluationKeyParts;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Are these bytes the ones that were announced, and the evaluation key that was asked for? Reads them once, in constant
/// memory. At most as many at a time as there are processors: the check computes, and more would only slow each other.
@Singleton
final class ContentCheck {

    private static final int BUFFER = 1 << 20;

    private final Semaphore running = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /// @throws ProblemException `evaluation-key-refused`, with a sentence that says what is wrong
    /// @throws IOException if the bytes cannot be read
    void requireFit(KeyProfile profile, Announced announced, InputStream content) throws IOException {
        EvaluationKeyLayout layout = profile.layout();
        if (announced.sizeBytes() != layout.sizeBytes()) {
            throw refused("An evaluation key for this profile has " + layout.sizeBytes() + " bytes, not " + announced.sizeBytes() + ".");
        }
        List<EvaluationKeyPart> expected = EvaluationKeyParts.of(layout);
        if (!expected.equals(announced.parts())) {
            throw refused("An evaluation key for this profile has other parts than announced.").withFact("expectedParts", expected);
        }
        running.acquireUninterruptibly();
        try {
            read(profile, announced, content);
        } finally {
            running.release();
        }
    }

    private static void read(KeyProfile profile, Announced announced, InputStream content) throws IOException {
        MessageDigest digest = sha256();
        InputStream digested = new BufferedInputStream(new DigestInputStream(content, digest), BUFFER);
        try {
            EvaluationKeyCheck.check(profile, digested);
        } catch (MalformedKeyException e) {
            throw refused("These bytes are not an evaluation key for this profile. " + e.getMessage());
        }
        if (digested.read() >= 0) {
            throw refused("There are bytes after the end of the evaluation key.");
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(announced.sha256())) {
            throw refused("The SHA-256 of the stored bytes is " + found + ", not the announced " + announced.sha256() + ".");
        }
    }

    private static ProblemException refused(String sentence) {
        return new ProblemException(ProblemCode.EVALUATION_KEY_REFUSED, sentence);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
