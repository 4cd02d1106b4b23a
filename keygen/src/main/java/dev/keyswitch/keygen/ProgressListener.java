package dev.keyswitch.keygen;

/// Told on the generating thread after each component; must be quick.
@FunctionalInterface
public interface ProgressListener {
    ProgressListener NONE = (done, total) -> {};

    void onProgress(int componentsDone, int componentsTotal);
}
