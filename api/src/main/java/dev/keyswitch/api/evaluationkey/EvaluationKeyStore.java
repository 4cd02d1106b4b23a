package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.function.Consumer;

/// Where the bytes of evaluation keys are: *staged* while they are uploaded, *stored* once they were checked. What is
/// stored never changes. Several API processes may share one store. Safe for use by many threads.
///
/// Every [IOException] of these methods is the store's own failure, unless it says otherwise.
interface EvaluationKeyStore {

    /// Takes one chunk off the wire, for no upload yet. May last as long as its sender likes, so it locks nothing.
    ///
    /// @throws ChunkCutException if the sender does not finish
    /// @throws ChunkTooLargeException if there are more than `limit` bytes
    ReceivedChunk receive(InputStream from, long limit) throws IOException;

    /// Bytes of this upload that are safely kept; 0 if there are none. Takes no lock.
    long stagedBytes(UploadId upload) throws IOException;

    /// Exclusive access to one upload, over all processes that share this store.
    ///
    /// @throws UploadBusyException if another one does not let go of it in time
    StagedContent lock(UploadId upload) throws IOException;

    /// @throws NoSuchFileException if nothing is stored under this name
    StoredContent open(StoredName name) throws IOException;

    boolean isStored(StoredName name) throws IOException;

    /// Does nothing if nothing is stored under this name.
    void delete(StoredName name) throws IOException;

    /// Everything staged that was last touched before `limit`.
    void eachStaged(Instant limit, Consumer<UploadId> visitor) throws IOException;

    /// Everything stored before `limit`.
    void eachStored(Instant limit, Consumer<StoredName> visitor) throws IOException;

    /// A chunk that arrived whole. Leaves nothing behind when closed, nor when the process dies.
    interface ReceivedChunk extends AutoCloseable {
        long length();

        @Override
        void close() throws IOException;
    }

    /// What one upload has staged; held exclusively until closed.
    interface StagedContent extends AutoCloseable {
        /// @throws IOException if it cannot be told
        long length() throws IOException;

        /// Afterwards the chunk is on the disk; if it fails, nothing of the chunk is staged. A power failure may take the name of a new upload's
        /// file, and with it all of its chunks: its sender is told to begin at the start.
        void append(ReceivedChunk chunk) throws IOException;

        /// Reads all that is staged from its beginning.
        InputStream read() throws IOException;

        /// Atomically makes it the stored content of this name, on the disk before this returns. If that happened before
        /// (the process died afterwards), nothing is left to do.
        void store(StoredName name) throws IOException;

        /// Forgets what is staged.
        void discard() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// Stored bytes, held open: they can be read to the end even if they are deleted meanwhile.
    interface StoredContent extends AutoCloseable {
        long length();

        /// Reads `length` bytes from `offset`; closing the stream closes this.
        InputStream read(long offset, long length) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// The sender of a chunk went away before its end.
    final class ChunkCutException extends IOException {
        ChunkCutException(IOException cause) {
            super("the chunk ended before it was complete", cause);
        }
    }

    /// The chunk is longer than allowed.
    final class ChunkTooLargeException extends IOException {
        ChunkTooLargeException(long limit) {
            super("a chunk may have at most " + limit + " bytes");
        }
    }

    /// Someone else works on this upload.
    final class UploadBusyException extends IOException {
        UploadBusyException(UploadId upload) {
            super("another request works on upload " + upload);
        }
    }
}
