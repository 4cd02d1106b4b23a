package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.keygen.EvaluationKeyLayout;
import dev.keyswitch.keygen.HolderMac;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.profile.EvaluationKeyParts;
import dev.keyswitch.sdk.EvaluationKeyUpload;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.KeyswitchException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes one evaluation key here, as a worker would: claim, derive the secret key, generate, upload, complete. What goes wrong after the
/// claim hands the work back, so that it can be tried again at once.
final class KeyMaking {
    private static final String WORKER = "keyswitch-cli";
    private static final int SIGNS_OF_LIFE_SECONDS = 10;

    private final Terminal terminal;
    private final KeyswitchClient client;
    private final HolderRoot root;

    KeyMaking(Terminal terminal, KeyswitchClient client, HolderRoot root) {
        this.terminal = terminal;
        this.client = client;
        this.root = root;
    }

    EvaluationKey make(EvaluationKey wanted) throws IOException {
        EvaluationKeyClaim claim = client.evaluationKeys()
                .claim(wanted.id(), new ClaimEvaluationKey(wanted.generation(), root.key().fingerprint(), WORKER));
        boolean done = false;
        try {
            root.refuseOtherDeployment(claim.deploymentId());
            refuseOtherJob(wanted, claim);
            EvaluationKey ready = generateAndUpload(claim);
            done = true;
            return ready;
        } finally {
            if (!done) {
                handBack(claim);
            }
        }
    }

    /// The secret key follows from these ids: nobody else may choose them.
    private static void refuseOtherJob(EvaluationKey wanted, EvaluationKeyClaim claim) {
        if (!claim.evaluationKeyId().equals(wanted.id())
                || !claim.tokenId().equals(wanted.tokenId())
                || !claim.modelId().equals(wanted.modelId())
                || claim.generation() != wanted.generation()) {
            throw CommandException.refused("The API answered the claim with another job than the one that was claimed.");
        }
    }

    private EvaluationKey generateAndUpload(EvaluationKeyClaim claim) throws IOException {
        KeyProfile profile = EncryptionProfiles.of(claim.encryptionProfile());
        EvaluationKeyLayout layout = profile.layout();
        terminal.err().println("Making an evaluation key of " + Size.of(layout.sizeBytes()) + ".");
        KeyId id = new KeyId(root.deploymentId(), claim.tokenId(), claim.modelId(), claim.generation());
        AtomicInteger percent = new AtomicInteger();
        long begin = System.nanoTime();
        try (ScheduledExecutorService heart = beating(claim, percent);
                SecretKey secretKey = SecretKey.derive(root.key(), id, profile.parameters());
                EvaluationKeyUpload upload =
                        client.evaluationKeys().upload(claim.evaluationKeyId(), claim.attempt(), layout.sizeBytes())) {
            new EvaluationKeyGenerator()
                    .generate(secretKey, profile, upload, (made, all) -> percent.set(Math.min(99, (int) (100L * made / all))));
            Duration computing = Duration.ofNanos(System.nanoTime() - begin).minus(upload.sending());
            String mac = HolderMac.sign(root.key(), id, upload.sha256(), layout.parts());
            EvaluationKey ready = upload.complete(EvaluationKeyParts.of(layout), mac, computing);
            heart.shutdownNow();
            return ready;
        }
    }

    /// Keeps the lease. A failure is not looked at: if the lease is lost, the upload says so.
    private ScheduledExecutorService beating(EvaluationKeyClaim claim, AtomicInteger percent) {
        ScheduledExecutorService heart =
                Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
        var _ = heart.scheduleWithFixedDelay(
                () -> {
                    try {
                        client.evaluationKeys()
                                .progress(claim.evaluationKeyId(), new ReportProgress(claim.attempt(), percent.get()));
                    } catch (KeyswitchException _) {
                        // The next one may get through.
                    }
                },
                SIGNS_OF_LIFE_SECONDS,
                SIGNS_OF_LIFE_SECONDS,
                TimeUnit.SECONDS);
        return heart;
    }

    private void handBack(EvaluationKeyClaim claim) {
        try {
            client.evaluationKeys().release(claim.evaluationKeyId(), claim.attempt());
        } catch (KeyswitchException e) {
            terminal.err().println("The work could not be handed back; it is free again when its lease is over.");
        }
    }
}
