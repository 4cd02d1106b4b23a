package dev.keyswitch.keygen.internal.wire;

import java.io.IOException;

/// Takes the residues of one component, row by row; those of one row in any order, and again and again.
public interface ComponentRows {

    /// The first `count` words as the residues of the first polynomial from position `index` on.
    void c0(int prime, int index, long[] words, int count);

    /// The same in the second.
    void c1(int prime, int index, long[] words, int count);

    void seed(byte[] seed);

    long c0(int prime, int index);

    void replaceC0(int prime, int index, long residue);

    void replaceC1(int prime, int index, long residue);

    /// Whether rows must be finished one after the other, because each is gone then. Otherwise all can be changed to the end.
    boolean passesOn();

    /// Nothing in this row changes any more. Only where rows are passed on, in order.
    void finished(int prime) throws IOException;
}
