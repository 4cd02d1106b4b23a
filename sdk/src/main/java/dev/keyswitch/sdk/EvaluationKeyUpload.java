package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyPart;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.problem.ProblemCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Sends an evaluation key while it is written. One chunk of at most 4 MiB is kept until the server has acknowledged
/// it; after a cut the server is asked how far it got, and the rest is sent again. What was acknowledged is never
/// needed again, so keys of any size pass through constant memory.
///
/// The server is told of it while the first chunk is filled: what it has against the upload, the first chunk that is sent
/// or [#complete] throws.
///
/// Not thread-safe. Writing throws [KeyswitchException]s. Closing without [#complete] leaves the upload unfinished; the
/// server discards it with its attempt.
public final class EvaluationKeyUpload extends OutputStream {
    private static final int CHUNK = 4 << 20;

    /// What the server may take to read back and check a megabyte before it answers.
    private static final Duration CHECK_PER_MEBIBYTE = Duration.ofMillis(250);

    private final Wire wire;
    private final String keyPath;
    private final long sizeBytes;
    private final Call begin;
    private final FutureTask<Upload> begun;
    private final byte[] chunk;
    private final MessageDigest digest = Sha256.start();

    private int filled;
    private long acknowledged;
    private long sendingNanos;
    private boolean closed;

    private EvaluationKeyUpload(Wire wire, String keyPath, int attempt, long sizeBytes) {
        this.wire = wire;
        this.keyPath = keyPath;
        this.sizeBytes = sizeBytes;
        this.begin = wire.withBody(wire.call("POST", keyPath + "/uploads"), new BeginUpload(attempt, sizeBytes));
        this.begun = new FutureTask<>(this::tellServer);
        this.chunk = new byte[(int) Math.min(CHUNK, Math.max(1, sizeBytes))];
    }

    static EvaluationKeyUpload begin(Wire wire, String keyPath, int attempt, long sizeBytes) {
        EvaluationKeyUpload upload = new EvaluationKeyUpload(wire, keyPath, attempt, sizeBytes);
        Thread.ofVirtual().name("keyswitch-upload").start(upload.begun);
        return upload;
    }

    private Upload tellServer() {
        Answer answer = wire.send(begin);
        Upload upload = wire.read(answer, Upload.class);
        if (upload.offset() != 0 || upload.sizeBytes() != sizeBytes) {
            throw new UnexpectedAnswerException(
                    "The server began another upload than was asked for", answer.requestId(), null);
        }
        return upload;
    }

    /// Waits for the server to know of it.
    private Upload upload() {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KeyswitchException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw ConnectionException.interrupted(begin.requestId(), e);
        }
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    /// @throws IOException if it is closed, or if this is more than the announced size
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) {
            throw new IOException("the upload is closed");
        }
        if (acknowledged + filled + length > sizeBytes) {
            throw new IOException("more than the announced " + sizeBytes + " bytes");
        }
        digest.update(bytes, offset, length);
        for (int done = 0; done < length; ) {
            int taken = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, taken);
            filled += taken;
            done += taken;
            if (filled == chunk.length) {
                send();
            }
        }
    }

    /// Does nothing: a chunk is sent when it is full, and the last one by [#complete].
    @Override
    public void flush() {}

    @Override
    public void close() {
        closed = true;
    }

    /// Hex digest of what was written so far.
    public String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of the JDK can be cloned", e);
        }
    }

    /// Time spent so far on sending, pauses included: of the time that writing took, the part that was not computing.
    public Duration sending() {
        return Duration.ofNanos(sendingNanos);
    }

    /// Sends what is left and has the server check all of it.
    ///
    /// @param holderMac hex; the holder's own mark over ids, generation, digest and parts
    /// @param computing time spent on computing, without uploading; for people
    /// @return the evaluation key, READY
    /// @throws IllegalStateException if fewer bytes than announced were written
    public EvaluationKey complete(List<EvaluationKeyPart> parts, String holderMac, Duration computing) {
        if (acknowledged + filled != sizeBytes) {
            throw new IllegalStateException(
                    "%d of the announced %d bytes were written".formatted(acknowledged + filled, sizeBytes));
        }
        send();
        close();
        String sha256 = sha256();
        try {
            return wire.exchange(
                    "POST",
                    path() + "/complete",
                    new CompleteUpload(sha256, sizeBytes, parts, holderMac, computing.toMillis()),
                    EvaluationKey.class,
                    call -> call.patience(patienceForCheck()));
        } catch (ConnectionException | ProblemException refused) {
            return readyAfterAll(sha256, refused);
        }
    }

    /// The first try may have succeeded and only its answer got lost; the second is then refused.
    private EvaluationKey readyAfterAll(String sha256, KeyswitchException refused) {
        if (refused instanceof ProblemException problem && problem.status() != 409 && problem.status() != 404) {
            throw refused;
        }
        try {
            EvaluationKey now = wire.get(keyPath, EvaluationKey.class);
            if (now.state() == EvaluationKeyState.READY && sha256.equals(now.sha256())) {
                return now;
            }
        } catch (KeyswitchException unknown) {
            refused.addSuppressed(unknown);
        }
        throw refused;
    }

    private Duration patienceForCheck() {
        return wire.timeout().plus(CHECK_PER_MEBIBYTE.multipliedBy(sizeBytes >> 20));
    }

    private void send() {
        long start = System.nanoTime();
        try {
            sendUntilAcknowledged();
        } finally {
            sendingNanos += System.nanoTime() - start;
        }
    }

    private void sendUntilAcknowledged() {
        upload(); // that it could not be begun is no cut to recover from
        int failures = 0;
        while (filled > 0) {
            long before = acknowledged;
            try {
                acknowledge(patch());
            } catch (ConnectionException | ProblemException failure) {
                failures = acknowledged > before ? 1 : failures + 1;
                if (!isCut(failure) || failures > wire.policy().maxRetries()) {
                    throw failure;
                }
                wire.policy().sleep(wire.policy().pause(failures), failure.requestId());
                acknowledge(wire.send(wire.call("HEAD", path())));
            }
        }
    }

    private Answer patch() {
        Call call = Call.of("PATCH", path(), wire.timeout())
                .header("Upload-Offset", Long.toString(acknowledged))
                .body(Wire.OCTETS, BodyPublishers.ofByteArray(chunk, 0, filled));
        return wire.good(wire.once().send(call));
    }

    private static boolean isCut(KeyswitchException failure) {
        return switch (failure) {
            case ConnectionException connection -> !Thread.currentThread().isInterrupted();
            case ProblemException problem ->
                RetryPolicy.isTransient(problem.status()) || problem.is(ProblemCode.UPLOAD_OFFSET_MISMATCH);
            case UnexpectedAnswerException unexpected -> false;
            case EvaluationKeyNotReadyException neverHere -> false;
        };
    }

    /// Drops what the server has from the front of the chunk.
    private void acknowledge(Answer answer) {
        long offset = answer.number("Upload-Offset").orElse(-1);
        if (offset < acknowledged || offset > acknowledged + filled) {
            throw new UnexpectedAnswerException(
                    "The server is at offset %d of the upload, outside of what was sent".formatted(offset),
                    answer.requestId(),
                    null);
        }
        int taken = (int) (offset - acknowledged);
        System.arraycopy(chunk, taken, chunk, 0, filled - taken);
        filled -= taken;
        acknowledged = offset;
    }

    private String path() {
        return "/v1/uploads/" + upload().id();
    }
}
