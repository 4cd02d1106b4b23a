package dev.keyswitch.api.bulk;

import dev.keyswitch.api.http.PiecewiseBody;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// The answers to the lines of one call, in their order. A line is done when its answer is asked for: as fast as the caller reads,
/// and no further once it is gone.
final class BulkAnswers extends PiecewiseBody {

    private static final byte[] NOTHING = {};

    private final byte[] lines;
    private final OneLine one;
    private final Runnable onEnd;
    private int next;
    private int number;

    /// Does one line, and answers it in one line.
    interface OneLine {
        byte[] answer(int number, byte[] text);
    }

    BulkAnswers(ExecutorService threads, byte[] lines, OneLine one, Runnable onEnd) {
        super(threads, NOTHING);
        this.lines = lines;
        this.one = one;
        this.onEnd = onEnd;
    }

    @Override
    protected byte @Nullable [] next() {
        if (next >= lines.length) {
            return null;
        }
        int end = next;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        byte[] text = Arrays.copyOfRange(lines, next, end);
        next = end + 1;
        number++;
        if (isBlank(text)) {
            return NOTHING;
        }
        byte[] answer = uninterrupted(() -> one.answer(number, text));
        byte[] ended = Arrays.copyOf(answer, answer.length + 1);
        ended[answer.length] = '\n';
        return ended;
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
    protected void end() {
        onEnd.run();
    }
}
