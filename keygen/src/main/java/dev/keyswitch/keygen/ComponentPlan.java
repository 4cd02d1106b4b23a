package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Which component of an evaluation key leads back from where, by its number in the file. Thread-safe.
final class ComponentPlan {
    /// In bytes: about a core's second-level cache.
    private static final long PASSED_ON_FROM = 1 << 20;

    private final SecretKey secretKey;
    private final KeyProfile profile;
    private final int[] elements;
    private final int componentsPerKey;
    private final int total;
    private final KeyFormat format;
    private volatile @Nullable KeyTarget latest;

    ComponentPlan(SecretKey secretKey, KeyProfile profile) {
        this.secretKey = secretKey;
        this.profile = profile;
        elements = profile.galoisElements();
        componentsPerKey = profile.parameters().decompositionCount();
        total = profile.layout().components();
        format = new KeyFormat(profile.sizes(), profile.parameters().parmsId().bytes());
    }

    int total() {
        return total;
    }

    long componentBytes() {
        return profile.sizes().component();
    }

    /// For a whole component.
    ComponentBuffer buffer() {
        return format.componentBuffer(profile.stamp().minor(), false);
    }

    /// For components that are written in order, each while it is made if it can be and is too large for the cache otherwise.
    ComponentBuffer bufferInOrder() {
        return format.componentBuffer(profile.stamp().minor(), profile.form() == KeyForm.PLAIN && componentBytes() > PASSED_ON_FROM);
    }

    void generate(ComponentGenerator generator, int component, ComponentBuffer buffer) throws IOException {
        generator.component(target(component / componentsPerKey), component % componentsPerKey, buffer);
    }

    private record KeyTarget(int key, SwitchingTarget target) {}

    /// The components of a key share it, and follow each other; the tables of an automorphism are a noticeable part of a small component's time.
    private SwitchingTarget target(int key) {
        KeyTarget present = latest;
        if (present == null || present.key != key) {
            present = new KeyTarget(key, newTarget(key));
            latest = present;
        }
        return present.target;
    }

    /// The relinearisation key, if there is one, comes before all others.
    private SwitchingTarget newTarget(int key) {
        int rotation = profile.relinearization() ? key - 1 : key;
        return rotation < 0 ? SwitchingTarget.square(secretKey) : SwitchingTarget.image(secretKey, elements[rotation]);
    }
}
