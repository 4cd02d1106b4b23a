package dev.keyswitch.keygen;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.internal.ring.GaloisElements;
import dev.keyswitch.keygen.internal.wire.KeyReader;
import dev.keyswitch.keygen.internal.wire.WireReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Walks through an evaluation key from its first byte to its last, component by component, and stops at the first thing that the
/// profile does not ask for. Needs memory for one component and 32 bytes for every component before it.
final class EvaluationKeyReader {
    /// What to do with a component once it was read and found well-formed.
    @FunctionalInterface
    interface ComponentVisitor<X extends Exception> {
        /// @param galoisElement 0 for the relinearisation key
        /// @param index of the component in its key
        void visit(int galoisElement, int index, KeyReader component) throws X;
    }

    private static final int RELINEARIZATION = 0;

    private final KeyProfile profile;
    private final KeyReader in;
    private final int componentsPerKey;
    private final SecondPolynomials secondPolynomials = new SecondPolynomials();

    EvaluationKeyReader(KeyProfile profile, InputStream in) {
        this.profile = profile;
        EncryptionParameters parameters = profile.parameters();
        WireReader wire = new WireReader(in, profile.stamp().major(), profile.stamp().minor());
        this.in = new KeyReader(wire, profile.sizes(), parameters.parmsId().bytes(), parameters.ring());
        componentsPerKey = parameters.decompositionCount();
    }

    <X extends Exception> void read(ComponentVisitor<X> visitor) throws IOException, MalformedKeyException, X {
        List<Part> parts = profile.layout().parts();
        for (Part part : parts) {
            switch (part.kind()) {
                case RELINEARIZATION -> {
                    in.keysStart("the relinearization keys", part.length(), 1);
                    key("the relinearization key", RELINEARIZATION, visitor);
                }
                case ROTATION -> rotation(part.length(), visitor);
            }
        }
        in.end();
    }

    private <X extends Exception> void rotation(long size, ComponentVisitor<X> visitor)
            throws IOException, MalformedKeyException, X {
        int slots = profile.parameters().polyModulusDegree();
        in.keysStart("the rotation keys", size, slots);
        int slot = 0;
        for (int element : profile.galoisElements()) {
            slot = emptySlots(slot, GaloisElements.slot(element));
            key("the key of Galois element " + element, element, visitor);
            slot++;
        }
        emptySlots(slot, slots);
    }

    private int emptySlots(int from, int to) throws IOException, MalformedKeyException {
        for (int slot = from; slot < to; slot++) {
            in.componentCount("the key of a Galois element that was not asked for", 0);
        }
        return to;
    }

    private <X extends Exception> void key(String name, int element, ComponentVisitor<X> visitor)
            throws IOException, MalformedKeyException, X {
        in.componentCount(name, componentsPerKey);
        for (int index = 0; index < componentsPerKey; index++) {
            long start = in.offset();
            in.component();
            requireFreshSecondPolynomial(start);
            visitor.visit(element, index, in);
        }
    }

    private void requireFreshSecondPolynomial(long start) throws MalformedKeyException {
        if (profile.form() == KeyForm.SEEDED) {
            if (!secondPolynomials.add(in.seedOfC1())) {
                throw new MalformedKeyException(start, "this component repeats the seed of another one.");
            }
            return;
        }
        if (SecondPolynomials.isConstant(in.c1())) {
            throw new MalformedKeyException(start, "this component's second polynomial is constant.");
        }
        if (!secondPolynomials.add(in.c1())) {
            throw new MalformedKeyException(start, "this component repeats the second polynomial of another one.");
        }
    }
}
