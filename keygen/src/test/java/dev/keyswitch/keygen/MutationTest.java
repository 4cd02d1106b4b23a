package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The reader and a slow, independent checker say the same of every damaged key; [MutationRun] asks them about a million.
class MutationTest {
    private static final int COUNT = 20_000;

    @Test
    void readerAndSlowCheckerAgreeOnEveryMutation() {
        long seed = new SecureRandom().nextInt();
        System.out.println("mutations: seed " + seed);
        MutationRun run = new MutationRun(seed);

        run.run(COUNT);

        assertThat(run.breaches()).as("seed %d", seed).isEmpty();
        assertThat(run.accepted() + run.refused()).isEqualTo(COUNT);
        assertThat(run.accepted()).isGreaterThan(COUNT / 100);
        run.verdicts().forEach((mutation, counts) ->
                assertThat(counts[1]).as(mutation.name()).isGreaterThan(COUNT / 500));
    }

    @ParameterizedTest
    @EnumSource
    void bothAcceptWhatTheGeneratorMakes(KeyForm form) throws Exception {
        for (SealStamp stamp : SealStamp.values()) {
            KeyProfile profile = TinyKeys.profile(TinyKeys.BGV, form, stamp);
            byte[] key = TinyKeys.evaluationKey(TinyKeys.secretKey(TinyKeys.BGV), profile);

            TinyKeys.check(profile, key);

            assertThat(SlowChecker.fault(profile, key)).isEmpty();
            assertThat(SlowChecker.faultOfPacked(profile, Packing.ZLIB.evaluationKey(profile, key))).isEmpty();
        }
    }
}
