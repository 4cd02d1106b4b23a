package dev.keyswitch.api.bulk;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/// The answers to the lines of one call, in their order. A line is done when its answer is asked for: as fast as the caller reads,
/// and no further once it is gone.
///
/// For one reader; [#close] may come from another thread.
final class BulkAnswers extends InputStream {

    private final byte[] lines;
    private final OneLine one;
    private final Runnable onClose;
    private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);
    private int next;
    private int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Does one line, and answers it in one line.
    interface OneLine {
        byte[] answer(int number, byte[] text);
    }

    BulkAnswers(byte[] lines, OneLine one, Runnable onClose) {
        this.lines = lines;
        this.one = one;
        this.onClose = onClose;
    }

    @Override
    public int read() {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (current.available() == 0) {
            if (closed.get() || next >= lines.length) {
                return -1;
            }
            advance();
        }
        return current.read(into, offset, length);
    }

    @Override
    public int available() {
        return current.available();
    }

    private void advance() {
        int end = next;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        byte[] text = Arrays.copyOfRange(lines, next, end);
        next = end + 1;
        number++;
        if (!isBlank(text)) {
            byte[] answer = one.answer(number, text);
            byte[] ended = Arrays.copyOf(answer, answer.length + 1);
            ended[answer.length] = '\n';
            current = new ByteArrayInputStream(ended);
        }
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
