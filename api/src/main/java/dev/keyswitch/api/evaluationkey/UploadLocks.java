package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.UploadId;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.UploadBusyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One lock per upload, over all processes that have the folder: a byte of one lock file stands for an upload. The file has no
/// content and is never deleted, so nobody can hold a lock on a file that is no longer the one others lock.
final class UploadLocks implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);

    private final FileChannel file;
    private final Duration patience;
    /// The operating system keeps processes apart, not the threads of one.
    private final Set<Long> heldHere = ConcurrentHashMap.newKeySet();

    UploadLocks(FileChannel file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    Held acquire(UploadId upload) throws IOException {
        long position = (upload.value().getMostSignificantBits() ^ upload.value().getLeastSignificantBits()) >>> 2;
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            if (heldHere.add(position)) {
                FileLock lock = tryLock(position);
                if (lock != null) {
                    return new Held(position, lock);
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new UploadBusyException(upload);
            }
            pause();
        }
    }

    /// Null if another process (or another store of this process on the same folder) has it.
    private @Nullable FileLock tryLock(long position) throws IOException {
        FileLock lock = null;
        try {
            lock = file.tryLock(position, 1, false);
        } catch (OverlappingFileLockException _) {
            lock = null;
        } finally {
            if (lock == null) {
                heldHere.remove(position);
            }
        }
        return lock;
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an upload");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// An upload that is ours until this is closed.
    final class Held implements AutoCloseable {
        private final long position;
        private final FileLock lock;

        private Held(long position, FileLock lock) {
            this.position = position;
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            try {
                lock.release();
            } finally {
                heldHere.remove(position);
            }
        }
    }
}
