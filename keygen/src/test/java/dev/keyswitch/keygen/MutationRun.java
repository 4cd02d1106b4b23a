package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.Kernels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Damages valid evaluation keys at random and asks the reader and a slow, independent checker for their verdicts, which must be the
/// same. Whoever breaks it is named by seed and number.
///
///     MutationRun SEED COUNT     exit code 0 only if no verdict differs and nothing crashes; the last line is the summary
public final class MutationRun {
    private static final SealInflater ZLIB = new SealInflater(ZstdDecoder.NONE);

    private final long seed;
    private final List<Mutation.Subject> subjects;
    private final Map<Mutation, int[]> verdicts = new EnumMap<>(Mutation.class);
    private final List<String> breaches = new ArrayList<>();

    MutationRun(long seed) {
        this.seed = seed;
        subjects = subjects(new SplittableRandom(seed));
        for (Mutation mutation : Mutation.values()) {
            verdicts.put(mutation, new int[2]);
        }
    }

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        MutationRun run = new MutationRun(seed);
        long start = System.nanoTime();
        run.run(count);
        run.breaches.forEach(System.out::println);
        run.verdicts.forEach((mutation, counts) ->
                System.out.println("%-32s %7d accepted %7d refused".formatted(mutation, counts[0], counts[1])));
        System.out.println(String.format(
                Locale.ROOT,
                "seed %d: %d mutations in %.0f s, %d accepted, %d refused, %d breaches",
                seed, count, (System.nanoTime() - start) / 1e9, run.accepted(), run.refused(), run.breaches.size()));
        System.exit(run.breaches.isEmpty() ? 0 : 1);
    }

    void run(int count) {
        IntStream.range(0, count).parallel().forEach(this::mutate);
    }

    List<String> breaches() {
        return breaches;
    }

    int accepted() {
        return verdicts.values().stream().mapToInt(counts -> counts[0]).sum();
    }

    int refused() {
        return verdicts.values().stream().mapToInt(counts -> counts[1]).sum();
    }

    Map<Mutation, int[]> verdicts() {
        return verdicts;
    }

    private void mutate(int number) {
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + number);
        Mutation.Subject subject = subjects.get(random.nextInt(subjects.size()));
        Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
        boolean packed = random.nextInt(8) == 0;
        byte[] bytes = packed ? damagePacked(subject, mutation, random) : damage(subject, mutation, random);
        Optional<String> slow =
                packed ? SlowChecker.faultOfPacked(subject.profile(), bytes) : SlowChecker.fault(subject.profile(), bytes);
        try {
            Optional<MalformedKeyException> fast = ask(subject.profile(), bytes, packed);
            record(mutation, fast.isEmpty());
            if (fast.isPresent() != slow.isPresent()) {
                breach(number + " " + mutation + ": reader says " + fast + ", slow checker says " + slow);
            }
            fast.ifPresent(fault -> requireClear(number, fault, packed ? Long.MAX_VALUE : bytes.length));
        } catch (IOException | RuntimeException | Error e) {
            breach(number + " " + mutation + ": crashed with " + e);
        }
    }

    private static byte[] damage(Mutation.Subject subject, Mutation mutation, RandomGenerator random) {
        byte[] bytes = mutation.apply(subject, random);
        if (bytes.length < 1000 || random.nextInt(4) > 0) {
            return bytes;
        }
        Mutation second = Mutation.values()[random.nextInt(Mutation.values().length)];
        return second.apply(new Mutation.Subject(subject.profile(), subject.map(), bytes, subject.other()), random);
    }

    /// The damage goes into the packed bytes, whatever they mean.
    private static byte[] damagePacked(Mutation.Subject subject, Mutation mutation, RandomGenerator random) {
        byte[] packed = Packing.ZLIB.evaluationKey(subject.profile(), subject.bytes());
        return mutation.apply(new Mutation.Subject(subject.profile(), subject.map(), packed, subject), random);
    }

    private static Optional<MalformedKeyException> ask(KeyProfile profile, byte[] bytes, boolean packed) throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        try (InputStream in = packed ? ZLIB.evaluationKey(profile, raw) : raw) {
            EvaluationKeyCheck.check(profile, in);
            return Optional.empty();
        } catch (MalformedKeyException e) {
            return Optional.of(e);
        }
    }

    private void requireClear(int number, MalformedKeyException fault, long length) {
        boolean clear = fault.getMessage().matches("At byte \\d+: .{10,}\\.")
                && fault.offset() >= 0
                && fault.offset() <= length;
        if (!clear) {
            breach(number + ": unclear: " + fault.getMessage());
        }
    }

    private synchronized void record(Mutation mutation, boolean accepted) {
        verdicts.get(mutation)[accepted ? 0 : 1]++;
    }

    private synchronized void breach(String sentence) {
        breaches.add("seed " + seed + " number " + sentence);
    }

    /// Every scheme, form and layout; each has a neighbour of the same kind with other randomness, to splice with.
    private static List<Mutation.Subject> subjects(SplittableRandom random) {
        List<Mutation.Subject> subjects = new ArrayList<>();
        for (EncryptionParameters parameters : List.of(TinyKeys.CKKS, TinyKeys.BFV, TinyKeys.BGV)) {
            for (KeyForm form : KeyForm.values()) {
                for (SealStamp stamp : List.of(SealStamp.V3_7, SealStamp.V4_4)) {
                    KeyProfile profile = new KeyProfile(parameters, RotationSteps.of(0, 1), true, form, stamp);
                    Mutation.Subject previous = subjects.isEmpty() ? null : subjects.getLast();
                    Mutation.Subject twin =
                            new Mutation.Subject(profile, ComponentMap.of(profile), key(profile, random), previous);
                    subjects.add(new Mutation.Subject(profile, ComponentMap.of(profile), key(profile, random), twin));
                }
            }
        }
        // The first ones have no neighbour of another kind.
        Mutation.Subject first = subjects.getFirst();
        subjects.set(0, new Mutation.Subject(first.profile(), first.map(), first.bytes(), subjects.getLast()));
        return subjects;
    }

    private static byte[] key(KeyProfile profile, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SecretKey secretKey = InsecureRepeatableRandomness.secretKey(profile.parameters(), random)) {
            new EvaluationKeyGenerator(() -> new InsecureRepeatableRandomness(random.split()), 1, Kernels::present)
                    .generate(secretKey, profile, out, ProgressListener.NONE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
