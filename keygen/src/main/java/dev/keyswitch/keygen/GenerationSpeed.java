package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;

/// How fast a machine makes evaluation keys on one thread. The work of a component grows with the number of residues in a polynomial:
/// each is sampled, multiplied and written, each passes through the layers of a transform, and in the seeded form each second polynomial is
/// hashed out of its seed.
///
/// @param nanosPerResidue sampling, arithmetic and writing
/// @param nanosPerResidueAndLayer the transform
/// @param nanosPerHashedResidue the expansion of a seed
public record GenerationSpeed(double nanosPerResidue, double nanosPerResidueAndLayer, double nanosPerHashedResidue) {
    /// One core of a 2026 server with 512-bit vectors, warm.
    public static final GenerationSpeed REFERENCE = new GenerationSpeed(2.0, 0.13, 2.6);

    /// The same core in plain Java, without vector instructions.
    public static final GenerationSpeed PLAIN_JAVA = new GenerationSpeed(5.0, 0.85, 27.0);

    private static final int DEGREE = 4096;
    private static final int ROUNDS = 3;

    public GenerationSpeed {
        if (!(nanosPerResidue >= 0) || !(nanosPerResidueAndLayer >= 0) || !(nanosPerHashedResidue >= 0)) {
            throw new IllegalArgumentException("a speed is made of times that are not negative");
        }
    }

    /// Of this machine, now: makes keys of a small profile for about `budget`, throws them away, and scales [#REFERENCE] to what it saw. The
    /// more time, the warmer the virtual machine, the better the figure.
    public static GenerationSpeed measure(Duration budget) {
        EncryptionParameters parameters =
                EncryptionParameters.of(Scheme.CKKS, DEGREE, Primes.defaults(DEGREE, SecurityLevel.BITS_128), 0);
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            double plain = nanosPerResidue(secretKey, KeyForm.PLAIN, budget.dividedBy(2));
            double seeded = nanosPerResidue(secretKey, KeyForm.SEEDED, budget.dividedBy(2));
            double scale = plain / REFERENCE.nanosPerResidue(DEGREE, KeyForm.PLAIN);
            return new GenerationSpeed(
                    scale * REFERENCE.nanosPerResidue,
                    scale * REFERENCE.nanosPerResidueAndLayer,
                    Math.max(0, seeded - plain));
        }
    }

    Duration duration(KeyProfile profile) {
        double residues = (double) profile.layout().components()
                * profile.parameters().coeffModulus().length
                * profile.parameters().polyModulusDegree();
        return Duration.ofNanos(Math.round(residues * nanosPerResidue(profile.parameters().polyModulusDegree(), profile.form())));
    }

    private double nanosPerResidue(int degree, KeyForm form) {
        double layers = Integer.numberOfTrailingZeros(degree);
        return nanosPerResidue + nanosPerResidueAndLayer * layers + (form == KeyForm.SEEDED ? nanosPerHashedResidue : 0);
    }

    /// The best of several rounds: whatever disturbs makes it slower.
    private static double nanosPerResidue(SecretKey secretKey, KeyForm form, Duration budget) {
        KeyProfile profile =
                new KeyProfile(secretKey.parameters(), RotationSteps.none(), true, form, SealStamp.V3_7);
        double residues = (double) profile.layout().components() * secretKey.parameters().coeffModulus().length * DEGREE;
        long end = System.nanoTime() + budget.toNanos();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
            long start = System.nanoTime();
            generate(secretKey, profile);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / residues;
    }

    private static void generate(SecretKey secretKey, KeyProfile profile) {
        try {
            new EvaluationKeyGenerator(1).generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
    }
}
