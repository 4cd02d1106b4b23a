package dev.keyswitch.keygen.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes the components of the plain form while they are made: each row of the first polynomial once it is finished, from memory that is used again for the
/// next and stays in the cache, and then the second polynomial at once. Not thread-safe.
public final class ComponentStream implements ComponentRows {
    private final byte[] head;
    private final byte[] row;
    private final byte[] second;
    private final ByteBuffer rowBuffer;
    private final ByteBuffer secondBuffer;
    private @Nullable WireWriter out;

    /// @param head everything before the polynomials
    ComponentStream(Sizes sizes, byte[] head) {
        this.head = head;
        row = new byte[sizes.degree() * Long.BYTES];
        second = new byte[sizes.primes() * row.length];
        rowBuffer = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
        secondBuffer = ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Before the first row of each component.
    public void begin(WireWriter out) throws IOException {
        this.out = out;
        out.octets(head);
    }

    @Override
    public void c0(int prime, int index, long[] words, int count) {
        put(rowBuffer, index * Long.BYTES, words, count);
    }

    @Override
    public void c1(int prime, int index, long[] words, int count) {
        put(secondBuffer, prime * row.length + index * Long.BYTES, words, count);
    }

    @Override
    public void seed(byte[] seed) {
        throw new UnsupportedOperationException("components of the seeded form are not final before their last row");
    }

    @Override
    public long c0(int prime, int index) {
        return rowBuffer.getLong(index * Long.BYTES);
    }

    @Override
    public void replaceC0(int prime, int index, long residue) {
        rowBuffer.putLong(index * Long.BYTES, residue);
    }

    @Override
    public void replaceC1(int prime, int index, long residue) {
        secondBuffer.putLong(prime * row.length + index * Long.BYTES, residue);
    }

    @Override
    public boolean passesOn() {
        return true;
    }

    @Override
    public void finished(int prime) throws IOException {
        WireWriter to = Objects.requireNonNull(out);
        to.octets(row);
        if (prime == second.length / row.length - 1) {
            to.octets(second);
        }
    }

    private static void put(ByteBuffer buffer, int position, long[] words, int count) {
        buffer.position(position);
        buffer.asLongBuffer().put(words, 0, count);
    }
}
