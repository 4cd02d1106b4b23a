package dev.keyswitch.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/// Bytes of one evaluation key, resumed with a `Range` after a cut. `If-Range` makes sure that the rest belongs to the
/// same bytes.
final class EvaluationKeyContent extends InputStream {
    private final Wire wire;
    private final String target;
    private final String etag;
    private final OptionalLong size;
    private final MessageDigest digest = Sha256.start();

    private Answer answer;
    private long position;
    private int cutsInARow;
    private boolean ended;

    private EvaluationKeyContent(Wire wire, String target, Answer first) {
        this.wire = wire;
        this.target = target;
        this.answer = first;
        this.etag = etag(first);
        this.size = first.number("Content-Length");
    }

    static EvaluationKeyContent open(Wire wire, String target) {
        Answer first = wire.send(wire.call("GET", target).asStreamed());
        return new EvaluationKeyContent(wire, target, first);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (!ended) {
            try {
                int count = answer.body().read(into, offset, length);
                if (count < 0) {
                    finish();
                } else {
                    digest.update(into, offset, count);
                    position += count;
                    cutsInARow = 0;
                    return count;
                }
            } catch (IOException cut) {
                resume(cut);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        answer.body().close();
    }

    /// The body ended: too early is a cut as well.
    private void finish() throws IOException {
        if (size.isPresent() && position < size.getAsLong()) {
            throw new IOException("the content ended after " + position + " of " + size.getAsLong() + " bytes");
        }
        ended = true;
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!etag.equals("\"" + actual + "\"")) {
            throw unexpected("The content has the SHA-256 " + actual + ", announced was " + etag);
        }
    }

    private void resume(IOException cut) {
        cutsInARow++;
        if (Thread.currentThread().isInterrupted() || cutsInARow > wire.policy().maxRetries()) {
            throw new ConnectionException(
                    "The download was cut after " + position + " bytes: " + cut.getMessage(),
                    answer.requestId(),
                    true,
                    cut);
        }
        wire.policy().sleep(wire.policy().pause(cutsInARow), answer.requestId());
        Call rest = wire.call("GET", target).asStreamed();
        answer = wire.send(
                position == 0
                        ? rest
                        : rest.header("Range", "bytes=" + position + "-").header("If-Range", etag));
        if (!etag(answer).equals(etag) || answer.status() != (position == 0 ? 200 : 206)) {
            throw unexpected("The content changed while it was downloaded");
        }
    }

    private static String etag(Answer answer) {
        return answer.headers()
                .firstValue("ETag")
                .orElseThrow(() -> new UnexpectedAnswerException(
                        "The answer announces no digest (ETag)", answer.requestId(), null));
    }

    private UnexpectedAnswerException unexpected(String message) {
        return new UnexpectedAnswerException(message, answer.requestId(), null);
    }
}
