package dev.keyswitch.worker;

import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.keygen.EvaluationKeyLayout;
import dev.keyswitch.keygen.HolderMac;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EvaluationKeyParts;
import dev.keyswitch.profile.InvalidProfileException;
import dev.keyswitch.sdk.EvaluationKeyUpload;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one evaluation key: claim, derive the secret key, generate, upload, complete.
///
/// The claim decides. A duplicate, an outdated or a foreign job ends there without an effect. Safe for use by several
/// threads.
final class RegenerationService implements KeyMaker {

    private static final Logger log = LoggerFactory.getLogger(RegenerationService.class);
    private static final int LONGEST_REASON = 500;

    private final KeyswitchClient client;
    private final KeyHolder holder;
    private final WorkerName name;
    private final LocalPolicy policy;
    private final HourlyLimit hourly;
    private final LeaseKeepers leases;
    private final ProfileCache profiles = new ProfileCache();
    private final EvaluationKeyGenerator generator = new EvaluationKeyGenerator();

    RegenerationService(
            KeyswitchClient client, KeyHolder holder, WorkerName name, LocalPolicy policy, LeaseKeepers leases) {
        this.client = client;
        this.holder = holder;
        this.name = name;
        this.policy = policy;
        this.hourly = new HourlyLimit(policy.maxKeysPerHour(), Clock.systemUTC());
        this.leases = leases;
    }

    @Override
    public Outcome make(Regeneration work) {
        KeyJob job = work.job();
        try {
            work.requireWanted();
            if (!hourly.take()) {
                return new Outcome.NotNow("This key holder makes at most " + policy.maxKeysPerHour() + " keys per hour.");
            }
            return claimWithPresentRoot(work);
        } catch (CanceledJobException e) {
            return skip(job, e.getMessage());
        } catch (ProblemException e) {
            return onProblem(job, e);
        } catch (KeyswitchException e) {
            return new Outcome.NotNow(String.valueOf(e.getMessage()));
        }
    }

    /// The root key may have been rotated since its file was read.
    private Outcome claimWithPresentRoot(Regeneration work) throws CanceledJobException {
        RootKey root = holder.rootKey();
        try {
            return claimed(work, claim(work.job(), root), root);
        } catch (ProblemException e) {
            if (!e.is(ProblemCode.HOLDER_MISMATCH)) {
                throw e;
            }
            if (!holder.hasOtherThan(root)) {
                log.error(
                        "The root key of this worker is not the one of its key holder evaluationKey={} rootFingerprint={} request={}",
                        work.job().evaluationKeyId(),
                        root.fingerprint(),
                        e.requestId());
                return new Outcome.NotNow(String.valueOf(e.getMessage()));
            }
        }
        return claimWithPresentRoot(work);
    }

    private EvaluationKeyClaim claim(KeyJob job, RootKey root) {
        return client.evaluationKeys()
                .claim(
                        job.evaluationKeyId(),
                        new ClaimEvaluationKey(job.generation(), root.fingerprint(), name.text(), name.isStable()));
    }

    private Outcome claimed(Regeneration work, EvaluationKeyClaim claim, RootKey root) throws CanceledJobException {
        try {
            KeyProfile profile = profiles.read(claim.encryptionProfile());
            policy.require(work.job(), claim, holder.deploymentId(), profile);
            EvaluationKey key = generateAndUpload(work, claim, profile, root);
            log.info(
                    "Evaluation key is ready evaluationKey={} token={} model={} generation={} attempt={} bytes={} computedMillis={}",
                    key.id(),
                    key.tokenId(),
                    key.modelId(),
                    key.generation(),
                    key.attempt(),
                    key.sizeBytes(),
                    key.generationMillis());
            return new Outcome.Finished();
        } catch (RefusedJobException | InvalidProfileException e) {
            return giveUp(claim, String.valueOf(e.getMessage()));
        } catch (CanceledJobException e) {
            if (work.isHandedBack()) {
                client.evaluationKeys().release(claim.evaluationKeyId(), claim.attempt());
            }
            throw e;
        } catch (ProblemException e) {
            if (e.is(ProblemCode.EVALUATION_KEY_REFUSED)) {
                return giveUp(claim, "The API refused the uploaded key: " + e.getMessage());
            }
            throw e;
        } catch (KeyswitchException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            log.error("Cannot make the evaluation key evaluationKey={}", claim.evaluationKeyId(), e);
            return giveUp(claim, "The worker " + name.text() + " ran into an error of its own; its log has the details.");
        }
    }

    private EvaluationKey generateAndUpload(Regeneration work, EvaluationKeyClaim claim, KeyProfile profile, RootKey root)
            throws IOException {
        EvaluationKeyLayout layout = profile.layout();
        KeyId id = new KeyId(claim.deploymentId(), claim.tokenId(), claim.modelId(), claim.generation());
        long begin = System.nanoTime();
        try (LeaseKeepers.Lease lease = leases.keep(work, claim);
                SecretKey secretKey = SecretKey.derive(root, id, profile.parameters());
                EvaluationKeyUpload upload =
                        client.evaluationKeys().upload(claim.evaluationKeyId(), claim.attempt(), layout.sizeBytes())) {
            generator.generate(secretKey, profile, new WantedOutput(upload, work), lease);
            Duration computing = Duration.ofNanos(System.nanoTime() - begin).minus(upload.sending());
            String mac = HolderMac.sign(root, id, upload.sha256(), layout.parts());
            return upload.complete(EvaluationKeyParts.of(layout), mac, computing);
        }
    }

    /// A refusal of the claim or of a later step: mostly the work has become somebody else's, and that is fine.
    private Outcome onProblem(KeyJob job, ProblemException e) {
        if (e.status() >= 500 || e.status() == 429 || e.status() == 401 || e.status() == 403) {
            return new Outcome.NotNow(String.valueOf(e.getMessage()));
        }
        if (e.is(ProblemCode.HOLDER_WITHOUT_ROOT_KEY)) {
            log.error(
                    "Cannot make the evaluation key evaluationKey={} because=\"{}\" request={}",
                    job.evaluationKeyId(),
                    e.getMessage(),
                    e.requestId());
            return new Outcome.Finished();
        }
        return skip(job, e.getMessage());
    }

    private static Outcome skip(KeyJob job, @Nullable String reason) {
        log.info(
                "Nothing to do evaluationKey={} generation={} because=\"{}\"",
                job.evaluationKeyId(),
                job.generation(),
                reason);
        return new Outcome.Finished();
    }

    private Outcome giveUp(EvaluationKeyClaim claim, String reason) {
        String sentence = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        log.error("Gives up evaluationKey={} because=\"{}\"", claim.evaluationKeyId(), sentence);
        client.evaluationKeys().fail(claim.evaluationKeyId(), new ReportFailure(claim.attempt(), sentence));
        return new Outcome.Finished();
    }
}
