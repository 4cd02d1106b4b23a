package dev.keyswitch.keygen;

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

/// Has numbered things made on several threads, the caller's among them, which also gets them in order. There are only so many buffers, and whoever
/// takes one takes the next number with it: so the number that is waited for always has a buffer, and threads that are too far ahead wait.
/// The caller makes one whenever the one whose turn it is is not ready; a thread that did nothing but write would wake too late
/// on a machine whose processors are all at work.
///
/// The other threads are kept for the next key for a while: to start one takes as long as many a component.
///
/// @param <B> a buffer in which one is made
final class OrderedWork<B> implements AutoCloseable {
    /// Beyond one for each thread: one to write from and one that is ready.
    private static final int SPARE_BUFFERS = 2;

    /// A thread that sleeps wakes late, so the caller stays awake for as long as a small component takes.
    private static final long AWAKE_NANOS = 200_000;

    private static final Executor HELPERS =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("keygen-", 1).daemon().factory());

    private final int total;
    private final Supplier<? extends Worker<B>> workers;
    private final List<CompletableFuture<Void>> helpers = new ArrayList<>();
    private @Nullable Worker<B> own;
    /// Of what the lock guards, for those who wait awake.
    private final AtomicInteger changes = new AtomicInteger();
    private final Object lock = new Object();
    // All below under the lock.
    private final Deque<B> free = new ArrayDeque<>();
    private final Map<Integer, B> ready = new HashMap<>();
    private int buffersToCome;
    private int nextToMake;
    private int nextToHandOut;
    private boolean stopped;
    private @Nullable Throwable failure;

    /// What one thread makes them with, and closes when it has made its last.
    interface Worker<B> extends AutoCloseable {

        /// Buffers come into being when they are needed, which most are not where the stream takes all at once.
        ///
        /// @param used a buffer to fill again; null if a new one is needed
        B make(int number, @Nullable B used);

        @Override
        void close();
    }

    /// @param threads the caller's included
    OrderedWork(int total, int threads, Supplier<? extends Worker<B>> workers) {
        this.total = total;
        this.workers = workers;
        buffersToCome = threads + SPARE_BUFFERS;
        for (int i = 1; i < threads; i++) {
            helpers.add(CompletableFuture.runAsync(this::help, HELPERS));
        }
    }

    /// How many threads get along with so many buffers. One always does.
    static int threads(int wanted, long buffers) {
        return (int) Math.max(1, Math.min(wanted, buffers - SPARE_BUFFERS));
    }

    /// The one whose turn it is, which the caller gives back.
    B next() throws InterruptedIOException {
        B buffer = poll();
        while (buffer == null) {
            Task<B> task = takeOrAwaitReady();
            if (task != null) {
                make(ownWorker(), task);
            }
            buffer = poll();
        }
        return buffer;
    }

    /// What was given back last is used next, while the cache still has it.
    void giveBack(B buffer) {
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

    private Worker<B> ownWorker() {
        Worker<B> present = own;
        if (present == null) {
            present = workers.get();
            own = present;
        }
        return present;
    }

    private void help() {
        try (Worker<B> worker = workers.get()) {
            for (Task<B> task = awaitTask(); task != null; task = awaitTask()) {
                make(worker, task);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void make(Worker<B> worker, Task<B> task) {
        B buffer = worker.make(task.number, task.buffer);
        synchronized (lock) {
            ready.put(task.number, buffer);
            changed();
        }
    }

    /// @param buffer null for a new one
    private record Task<B>(int number, @Nullable B buffer) {}

    /// Null when there is nothing more to do.
    private @Nullable Task<B> awaitTask() throws InterruptedException {
        synchronized (lock) {
            Task<B> task = take();
            while (task == null && !stopped && nextToMake < total) {
                lock.wait();
                task = take();
            }
            return task;
        }
    }

    /// Null when the one whose turn it is is ready, or never will be.
    private @Nullable Task<B> takeOrAwaitReady() throws InterruptedIOException {
        int seen;
        synchronized (lock) {
            Task<B> task = take();
            if (task != null || isDecided()) {
                return task;
            }
            seen = changes.get();
        }
        stayAwakeUntil(() -> changes.get() != seen);
        synchronized (lock) {
            Task<B> task = take();
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

    /// Under the lock: whether the one whose turn it is is ready, or never will be.
    private boolean isDecided() {
        return ready.containsKey(nextToHandOut) || failure != null;
    }

    private static void stayAwakeUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + AWAKE_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private @Nullable Task<B> take() {
        synchronized (lock) {
            if (stopped || nextToMake == total || (free.isEmpty() && buffersToCome == 0)) {
                return null;
            }
            if (free.isEmpty()) {
                buffersToCome--;
            }
            return new Task<>(nextToMake++, free.poll());
        }
    }

    /// The one whose turn it is, if it is ready.
    private @Nullable B poll() throws InterruptedIOException {
        if (Thread.interrupted()) {
            throw interrupted();
        }
        synchronized (lock) {
            if (failure != null) {
                throw new IllegalStateException("a component could not be made", failure);
            }
            B buffer = ready.remove(nextToHandOut);
            nextToHandOut += buffer == null ? 0 : 1;
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
