package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JobBoardTest {

    private final UUID token = UUID.randomUUID();
    private final List<Long> made = new CopyOnWriteArrayList<>();
    private final List<Long> done = new CopyOnWriteArrayList<>();

    @Test
    void makesEachTokensKey() throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        try (JobBoard board = board(2, work -> finished(work, all))) {
            for (int i = 0; i < 20; i++) {
                board.accept(work(UUID.randomUUID(), 1));
            }

            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done).hasSize(20);
    }

    @Test
    void cancelsTheOlderGenerationWhenANewerOneComes() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch newerMade = new CountDownLatch(1);
        try (JobBoard board = board(2, work -> {
            if (work.job().generation() == 1) {
                started.countDown();
                awaitCanceled(work);
                return new Outcome.Finished();
            }
            return finished(work, newerMade);
        })) {
            board.accept(work(token, 1));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

            board.accept(work(token, 2));

            assertThat(newerMade.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(made).containsExactly(2L);
        assertThat(done).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void cancelsWhatABegunGenerationMakesWorthless() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        try (JobBoard board = board(1, work -> {
            started.countDown();
            awaitCanceled(work);
            return new Outcome.Finished();
        })) {
            board.accept(work(token, 1));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

            board.outdate(token, 2);
        }
        assertThat(done).containsExactly(1L);
    }

    @Test
    void dropsADuplicateAndAnOlderGeneration() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (JobBoard board = board(2, work -> {
            await(release);
            return finished(work, end);
        })) {
            board.accept(work(token, 2));
            board.accept(work(token, 2));
            board.accept(work(token, 1));
            assertThat(done).containsExactly(2L, 1L);

            release.countDown();

            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(made).containsExactly(2L);
    }

    @Test
    void triesAgainWhatFailedForNow() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (JobBoard board = board(1, work -> {
            made.add(-1L);
            return made.size() < 2 ? new Outcome.NotNow("not yet") : finished(work, end);
        })) {
            board.accept(work(token, 1));

            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done).containsExactly(1L);
    }

    @Test
    void closingCancelsWhatDoesNotEndByItself() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        JobBoard board = board(1, work -> {
            started.countDown();
            awaitCanceled(work);
            return new Outcome.Finished();
        });
        Regeneration work = work(token, 1);
        board.accept(work);
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        long begin = System.nanoTime();
        board.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(work.isHandedBack()).isTrue();
    }

    private JobBoard board(int parallelism, Function<Regeneration, Outcome> maker) {
        return new JobBoard(maker::apply, new Backoff(RandomGenerator.getDefault()), parallelism);
    }

    private Regeneration work(UUID ofToken, long generation) {
        return new Regeneration(Jobs.job(ofToken, generation), () -> done.add(generation));
    }

    private Outcome finished(Regeneration work, CountDownLatch latch) {
        made.add(work.job().generation());
        latch.countDown();
        return new Outcome.Finished();
    }

    private static void awaitCanceled(Regeneration work) {
        while (work.isWanted()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
