package dev.keyswitch.keygen.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    /// The one that is waited for ends the warm-up by failing.
    @Test
    void givesWayToWorkThatGoesFirst() throws Exception {
        CountDownLatch askedTwice = new CountDownLatch(2);
        AtomicInteger worked = new AtomicInteger();
        CountDownLatch firstWorkIsDone = new CountDownLatch(1);
        GenerationKernel candidate = (GenerationKernel) Proxy.newProxyInstance(
                WarmUpTest.class.getClassLoader(), new Class<?>[] {GenerationKernel.class}, (proxy, method, arguments) -> {
                    worked.incrementAndGet();
                    throw new IllegalStateException("seen");
                });
        FutureTask<Boolean> warmUp = new FutureTask<>(() -> new WarmUp(Kernels.scalar(), candidate, () -> {
                    askedTwice.countDown();
                    return firstWorkIsDone.getCount() == 0;
                })
                .proves());
        Thread.ofPlatform().daemon().start(warmUp);

        assertThat(askedTwice.await(30, TimeUnit.SECONDS)).as("asks").isTrue();
        assertThat(worked).hasValue(0);
        firstWorkIsDone.countDown();

        assertThatThrownBy(warmUp::get).hasRootCauseMessage("seen");
        assertThat(worked).hasValue(1);
    }
}
