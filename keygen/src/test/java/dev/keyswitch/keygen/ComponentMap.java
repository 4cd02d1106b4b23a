package dev.keyswitch.keygen;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Where the components of an evaluation key lie, worked out from the description of the format, not from the code under test.
///
/// @param starts of every component, in order
/// @param firstPolynomial offset of c0 in a component
/// @param polynomialBytes length of one written-out polynomial
/// @param seeded whether c1 is a seed
record ComponentMap(List<Integer> starts, int firstPolynomial, int polynomialBytes, boolean seeded) {
    private static final int SEED = 64;

    static ComponentMap of(KeyProfile profile) {
        EncryptionParameters parameters = profile.parameters();
        int degree = parameters.polyModulusDegree();
        int primes = parameters.coeffModulus().length;
        boolean seeded = profile.form() == KeyForm.SEEDED;
        int polynomial = 8 * primes * degree;
        int first = (profile.stamp() == SealStamp.V3_7 ? 81 : 89) + 24;
        int component = first + (seeded ? polynomial + 16 + 1 + SEED : 2 * polynomial);
        List<Integer> starts = new ArrayList<>();
        int position = 0;
        if (profile.relinearization()) {
            position = addKey(starts, 56 + 8, component, primes - 1);
        }
        List<Integer> slots = new ArrayList<>();
        for (int element : profile.galoisElements()) {
            slots.add((element - 1) / 2);
        }
        if (!slots.isEmpty()) {
            position += 56;
            for (int slot = 0; slot < degree; slot++) {
                position += 8;
                if (slots.contains(slot)) {
                    position = addKey(starts, position, component, primes - 1);
                }
            }
        }
        return new ComponentMap(starts, first, polynomial, seeded);
    }

    int c0(int component) {
        return starts.get(component) + firstPolynomial;
    }

    /// Of the written-out polynomial, or of the seed itself.
    int c1(int component) {
        return c0(component) + polynomialBytes + (seeded ? 16 + 1 : 0);
    }

    int seedKind(int component) {
        return c1(component) - 1;
    }

    int c1Bytes() {
        return seeded ? SEED : polynomialBytes;
    }

    int componentBytes() {
        return c1(0) + c1Bytes() - starts.getFirst();
    }

    /// The bytes that randomness decides; all others follow from the profile.
    BitSet randomBytes() {
        BitSet random = new BitSet();
        for (int i = 0; i < starts.size(); i++) {
            random.set(c0(i), c0(i) + polynomialBytes);
            random.set(c1(i), c1(i) + c1Bytes());
        }
        return random;
    }

    private static int addKey(List<Integer> starts, int position, int component, int components) {
        for (int i = 0; i < components; i++) {
            starts.add(position + i * component);
        }
        return position + components * component;
    }
}
