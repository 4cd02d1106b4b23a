package dev.keyswitch.keygen.internal.random;

import java.util.Arrays;

/// Turns a generator of equal blocks into a stream.
abstract class BufferedStream implements ByteStream {
    private final byte[] block;
    private int position;

    BufferedStream(int blockLength) {
        block = new byte[blockLength];
        position = blockLength;
    }

    /// Overwrites the whole block with the next bytes.
    abstract void next(byte[] block);

    @Override
    public final void read(byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (position == block.length) {
                next(block);
                position = 0;
            }
            int count = Math.min(length - done, block.length - position);
            System.arraycopy(block, position, target, offset + done, count);
            position += count;
            done += count;
        }
    }

    @Override
    public void close() {
        Arrays.fill(block, (byte) 0);
    }
}
