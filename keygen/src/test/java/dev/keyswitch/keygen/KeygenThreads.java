package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The threads that help to make keys, as tests see them.
final class KeygenThreads {
    private KeygenThreads() {}

    static void assertNoneAtWorkIn(Class<?> type) {
        assertThat(Thread.getAllStackTraces()).noneSatisfy((thread, stack) -> {
            assertThat(thread.getName()).matches("keygen-[0-9]+");
            assertThat(stack).anyMatch(frame -> frame.getClassName().equals(type.getName()));
        });
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
