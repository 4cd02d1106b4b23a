package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes components on several threads, the caller's among them, which also writes them in order. There are only so many buffers, and whoever
/// takes one takes the next number with it: so the component that is waited for always has a buffer, and threads that are too far ahead wait.
/// The caller makes a component whenever the one whose turn it is is not ready; a thread that did nothing but write would wake too late
/// on a machine whose processors are all at work.
///
/// The other threads are kept for the next key for a while: to start one takes as long as many a component.
final class ParallelComponents implements Components {
    /// Beyond one for each thread: one to write from and one that is ready.
    private static final int SPARE_BUFFERS = 2;

    /// A thread that sleeps wakes late, so the caller stays awake for as long as a small component takes.
    private static final long AWAKE_NANOS = 200_000;

    private static final Executor HELPERS =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("keygen-", 1).daemon().factory());

    private final ComponentPlan plan;
    private final Supplier<ComponentGenerator> generators;
    private final List<CompletableFuture<Void>> helpers = new ArrayList<>();
    private @Nullable ComponentGenerator own;
    /// Of what the lock guards, for those who wait awake.
    private final AtomicInteger changes = new AtomicInteger();
    private final Object lock = new Object();
    // All below under the lock.
    private final Deque<ComponentBuffer> free = new ArrayDeque<>();
    private final Map<Integer, ComponentBuffer> ready = new HashMap<>();
    private int buffersToCome;
    private int nextToMake;
    private int nextToWrite;
    private boolean stopped;
    private @Nullable Throwable failure;

    /// @param count of threads, the caller's included
    ParallelComponents(ComponentPlan plan, int count, Supplier<ComponentGenerator> generators) {
        this.plan = plan;
        this.generators = generators;
        buffersToCome = count + SPARE_BUFFERS;
        for (int i = 1; i < count; i++) {
            helpers.add(CompletableFuture.runAsync(this::help, HELPERS));
        }
    }

    /// How many threads may work with buffers of this size within the memory that one run may take.
    static int threads(int wanted, ComponentPlan plan, long memory) {
        long buffers = memory / plan.componentBytes();
        return (int) Math.max(1, Math.min(Math.min(wanted, plan.total()), buffers - SPARE_BUFFERS));
    }

    @Override
    public void writeNext(WireWriter out) throws IOException {
        ComponentBuffer buffer = poll();
        while (buffer == null) {
            Task task = takeOrAwaitReady();
            if (task != null) {
                make(ownGenerator(), task);
            }
            buffer = poll();
        }
        out.octets(buffer.bytes());
        synchronized (lock) {
            free.push(buffer);
            changed();
        }
    }

    /// Returns when no thread works any more, and so none reads the secret key; an interrupt does not shorten the wait.
    @Override
    public void close() {
        stop();
        CompletableFuture<Void> all = CompletableFuture.allOf(helpers.toArray(CompletableFuture<?>[]::new));
        stayAwakeUntil(all::isDone);
        all.join();
        if (own != null) {
            own.close();
        }
    }

    private ComponentGenerator ownGenerator() {
        ComponentGenerator present = own;
        if (present == null) {
            present = generators.get();
            own = present;
        }
        return present;
    }

    private void help() {
        try (ComponentGenerator generator = generators.get()) {
            for (Task task = awaitTask(); task != null; task = awaitTask()) {
                make(generator, task);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /// Buffers come into being when they are needed, which most are not where the stream takes all at once.
    private void make(ComponentGenerator generator, Task task) throws IOException {
        ComponentBuffer buffer = task.buffer == null ? plan.buffer() : task.buffer;
        plan.generate(generator, task.component, buffer);
        synchronized (lock) {
            ready.put(task.component, buffer);
            changed();
        }
    }

    /// @param buffer null for a new one
    private record Task(int component, @Nullable ComponentBuffer buffer) {}

    /// Null when there is nothing more to do.
    private @Nullable Task awaitTask() throws InterruptedException {
        synchronized (lock) {
            Task task = take();
            while (task == null && !stopped && nextToMake < plan.total()) {
                lock.wait();
                task = take();
            }
            return task;
        }
    }

    /// Null when the component whose turn it is is ready, or never will be.
    private @Nullable Task takeOrAwaitReady() throws InterruptedIOException {
        int seen;
        synchronized (lock) {
            Task task = take();
            if (task != null || isDecided()) {
                return task;
            }
            seen = changes.get();
        }
        stayAwakeUntil(() -> changes.get() != seen);
        synchronized (lock) {
            Task task = take();
            try {
                while (task == null && !isDecided()) {
                    lock.wait();
                    task = take();
                }
            } catch (InterruptedException e) {
                throw interrupted();
            }
            return task;
        }
    }

    /// Under the lock: whether the component whose turn it is is ready, or never will be.
    private boolean isDecided() {
        return ready.containsKey(nextToWrite) || failure != null;
    }

    private static void stayAwakeUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + AWAKE_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private @Nullable Task take() {
        synchronized (lock) {
            if (stopped || nextToMake == plan.total() || (free.isEmpty() && buffersToCome == 0)) {
                return null;
            }
            if (free.isEmpty()) {
                buffersToCome--;
            }
            return new Task(nextToMake++, free.poll());
        }
    }

    /// The component whose turn it is, if it is ready.
    private @Nullable ComponentBuffer poll() throws InterruptedIOException {
        if (Thread.interrupted()) {
            throw interrupted();
        }
        synchronized (lock) {
            if (failure != null) {
                throw new IllegalStateException("a component could not be made", failure);
            }
            ComponentBuffer buffer = ready.remove(nextToWrite);
            nextToWrite += buffer == null ? 0 : 1;
            return buffer;
        }
    }

    /// Under the lock.
    private void changed() {
        changes.incrementAndGet();
        lock.notifyAll();
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while an evaluation key was made");
    }

    private void fail(Throwable cause) {
        synchronized (lock) {
            failure = cause;
        }
        stop();
    }

    private void stop() {
        synchronized (lock) {
            stopped = true;
            changed();
        }
    }
}
