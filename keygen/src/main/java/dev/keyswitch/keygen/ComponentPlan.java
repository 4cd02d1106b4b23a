package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import org.jspecify.annotations.Nullable;

/// Which component of an evaluation key leads back from where, by its number in the file. Thread-safe.
final class ComponentPlan {
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

    /// In each of a component's polynomials.
    int rows() {
        return profile.sizes().primes();
    }

    int degree() {
        return profile.sizes().degree();
    }

    /// For a whole component.
    ComponentBuffer buffer() {
        return format.componentBuffer(profile.stamp().minor());
    }

    /// What each component has before its rows.
    byte[] head() {
        return format.componentHead(profile.stamp().minor());
    }

    void generate(ComponentGenerator generator, int component, ComponentBuffer buffer) {
        generator.component(prime -> target(component, prime), buffer);
    }

    /// What is added to a row; null for all rows of a component but one.
    @Nullable SwitchingTarget target(int component, int prime) {
        return prime == component % componentsPerKey ? keyTarget(component) : null;
    }

    private record KeyTarget(int key, SwitchingTarget target) {}

    /// The components of a key share it, and follow each other; the tables of an automorphism are a noticeable part of a small component's time.
    private SwitchingTarget keyTarget(int component) {
        int key = component / componentsPerKey;
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
