package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Plain Java that remembers the array of every noise that was drawn, and counts the rows that were begun.
final class RecordingKernel {
    private final List<byte[]> noises = new CopyOnWriteArrayList<>();
    private final AtomicInteger rows = new AtomicInteger();
    private final GenerationKernel kernel = (GenerationKernel) Proxy.newProxyInstance(
            GenerationKernel.class.getClassLoader(), new Class<?>[] {GenerationKernel.class}, (_, method, arguments) -> call(method, arguments));

    private final Runnable beforeNoise;

    RecordingKernel() {
        this(() -> {});
    }

    /// @param beforeNoise done whenever noise is about to be drawn
    RecordingKernel(Runnable beforeNoise) {
        this.beforeNoise = beforeNoise;
    }

    GenerationKernel kernel() {
        return kernel;
    }

    List<byte[]> noises() {
        return noises;
    }

    int rows() {
        return rows.get();
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("binomial") && arguments[3].equals(0)) {
            noises.add((byte[]) arguments[2]);
            beforeNoise.run();
        }
        if (method.getName().equals("transform")) {
            rows.incrementAndGet();
        }
        try {
            return method.invoke(Kernels.scalar(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
