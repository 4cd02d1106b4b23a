package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes components on several threads and writes them in order on the caller's. There are only so many buffers, and whoever takes one takes
/// the next number with it: so the component that is waited for always has a buffer, and threads that are too far ahead wait.
final class ParallelComponents implements Components {
    /// Beyond one for each thread: one to write from and one that is ready.
    private static final int SPARE_BUFFERS = 2;

    private final ComponentPlan plan;
    private final List<Thread> threads = new ArrayList<>();
    private final Object lock = new Object();
    // All below under the lock.
    private final Queue<ComponentBuffer> free = new ArrayDeque<>();
    private final Map<Integer, ComponentBuffer> ready = new HashMap<>();
    private int nextToMake;
    private int nextToWrite;
    private boolean stopped;
    private @Nullable Throwable failure;

    ParallelComponents(ComponentPlan plan, int count, Supplier<ComponentGenerator> generators) {
        this.plan = plan;
        for (int i = 0; i < count + SPARE_BUFFERS; i++) {
            free.add(plan.buffer());
        }
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().name("keygen-", i).daemon().start(() -> make(generators)));
        }
    }

    /// How many threads may work with buffers of this size within the memory that one run may take.
    static int threads(int wanted, ComponentPlan plan, long memory) {
        long buffers = memory / plan.componentBytes();
        return (int) Math.max(1, Math.min(Math.min(wanted, plan.total()), buffers - SPARE_BUFFERS));
    }

    @Override
    public void writeNext(WireWriter out) throws IOException {
        ComponentBuffer buffer = awaitNext();
        out.octets(buffer.bytes());
        synchronized (lock) {
            free.add(buffer);
            lock.notifyAll();
        }
    }

    /// Returns when no thread works any more, and so none reads the secret key.
    @Override
    public void close() {
        stop();
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= joinFully(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(Supplier<ComponentGenerator> generators) {
        try (ComponentGenerator generator = generators.get()) {
            for (Task task = take(); task != null; task = take()) {
                plan.generate(generator, task.component, task.buffer);
                hand(task);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private record Task(int component, ComponentBuffer buffer) {}

    private @Nullable Task take() throws InterruptedException {
        synchronized (lock) {
            while (free.isEmpty() && !stopped) {
                lock.wait();
            }
            ComponentBuffer buffer = free.poll();
            return stopped || nextToMake == plan.total() || buffer == null ? null : new Task(nextToMake++, buffer);
        }
    }

    private void hand(Task task) {
        synchronized (lock) {
            ready.put(task.component, task.buffer);
            lock.notifyAll();
        }
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
            lock.notifyAll();
        }
    }

    private ComponentBuffer awaitNext() throws InterruptedIOException {
        synchronized (lock) {
            try {
                while (true) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    if (failure != null) {
                        throw new IllegalStateException("a component could not be made", failure);
                    }
                    ComponentBuffer buffer = ready.remove(nextToWrite);
                    if (buffer != null) {
                        nextToWrite++;
                        return buffer;
                    }
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while an evaluation key was made");
            }
        }
    }

    /// Whether the wait was interrupted; it is taken up again.
    private static boolean joinFully(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
