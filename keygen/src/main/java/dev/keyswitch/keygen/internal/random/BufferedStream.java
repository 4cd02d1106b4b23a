package dev.keyswitch.keygen.internal.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Turns a generator of equal blocks of words into a stream.
abstract class BufferedStream implements ByteStream {
    private final long[] block;
    /// In bytes.
    private int position;

    BufferedStream(int blockWords) {
        block = new long[blockWords];
        position = blockWords * Long.BYTES;
    }

    /// Writes the next block.
    abstract void next(long[] target, int offset);

    @Override
    public final int blockWords() {
        return block.length;
    }

    @Override
    public final void read(byte[] target, int offset, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            refill();
            if (position % Long.BYTES != 0 || buffer.remaining() < Long.BYTES) {
                buffer.put((byte) (block[position / Long.BYTES] >>> Byte.SIZE * (position % Long.BYTES)));
                position++;
            } else {
                int words = Math.min(buffer.remaining() / Long.BYTES, block.length - position / Long.BYTES);
                buffer.asLongBuffer().put(block, position / Long.BYTES, words);
                buffer.position(buffer.position() + words * Long.BYTES);
                position += words * Long.BYTES;
            }
        }
    }

    /// Whole blocks go straight to where they are wanted.
    @Override
    public final void read(long[] target, int offset, int count) {
        if (position % Long.BYTES != 0) {
            ByteStream.super.read(target, offset, count);
            return;
        }
        int done = 0;
        while (done < count) {
            if (position == block.length * Long.BYTES && count - done >= block.length) {
                next(target, offset + done);
                done += block.length;
            } else {
                refill();
                int words = Math.min(count - done, block.length - position / Long.BYTES);
                System.arraycopy(block, position / Long.BYTES, target, offset + done, words);
                position += words * Long.BYTES;
                done += words;
            }
        }
    }

    private void refill() {
        if (position == block.length * Long.BYTES) {
            next(block, 0);
            position = 0;
        }
    }

    @Override
    public void close() {
        Arrays.fill(block, 0);
    }
}
