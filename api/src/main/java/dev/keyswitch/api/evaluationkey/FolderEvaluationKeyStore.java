package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.Id;
import dev.keyswitch.api.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Evaluation keys in a folder: `staging/{upload id}` and `keys/{two digits}/{evaluation key id}-{attempt}`. Names are made of
/// ids alone; nothing a client sends becomes part of a path.
final class FolderEvaluationKeyStore implements EvaluationKeyStore, AutoCloseable {

    private static final int COPY_BUFFER = 64 * 1024;

    private final PrivateFolder staging;
    private final PrivateFolder keys;
    private final UploadLocks locks;

    private FolderEvaluationKeyStore(PrivateFolder staging, PrivateFolder keys, UploadLocks locks) {
        this.staging = staging;
        this.keys = keys;
        this.locks = locks;
    }

    /// Creates what is missing of the folder.
    ///
    /// @param patience how long to wait for an upload that someone else holds
    static FolderEvaluationKeyStore at(Path folder, Duration patience) throws IOException {
        PrivateFolder root = PrivateFolder.at(folder);
        PrivateFolder staging = root.folder("staging");
        FileChannel locks = root.open("uploads.lock", Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        return new FolderEvaluationKeyStore(staging, root.folder("keys"), new UploadLocks(locks, patience));
    }

    @Override
    public ReceivedChunk receive(InputStream from, long limit) throws IOException {
        // Unlinked as soon as it is open: whatever happens, no chunk lies about.
        FileChannel file = staging.open(
                "chunk-" + UUID.randomUUID(),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
        try {
            return new Chunk(file, copy(from, file, limit));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static long copy(InputStream from, FileChannel to, long limit) throws IOException {
        byte[] buffer = new byte[COPY_BUFFER];
        long total = 0;
        for (int read = read(from, buffer); read >= 0; read = read(from, buffer)) {
            total += read;
            if (total > limit) {
                throw new ChunkTooLargeException(limit);
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
        return total;
    }

    private static int read(InputStream from, byte[] buffer) throws ChunkCutException {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            throw new ChunkCutException(e);
        }
    }

    @Override
    public long stagedBytes(UploadId upload) throws IOException {
        return lengthOf(staging.file(upload.toString()));
    }

    private static long lengthOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    @Override
    public StagedContent lock(UploadId upload) throws IOException {
        return new Staged(upload.toString(), locks.acquire(upload));
    }

    @Override
    public StoredContent open(StoredName name) throws IOException {
        FileChannel file = FileChannel.open(stored(name), StandardOpenOption.READ);
        try {
            return new Stored(file, file.size());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean isStored(StoredName name) {
        return Files.exists(stored(name));
    }

    @Override
    public void delete(StoredName name) throws IOException {
        Files.deleteIfExists(stored(name));
    }

    private Path stored(StoredName name) {
        return keys.path().resolve(shard(name)).resolve(name.text());
    }

    /// The last digits are random, the first ones are the time: folders fill evenly.
    private static String shard(StoredName name) {
        String id = name.evaluationKey().toString();
        return id.substring(id.length() - 2);
    }

    @Override
    public void eachStaged(Instant limit, Consumer<UploadId> visitor) throws IOException {
        eachFile(staging.path(), limit, name -> {
            if (Id.isWritten(name)) {
                visitor.accept(new UploadId(UUID.fromString(name)));
            }
        });
    }

    @Override
    public void eachStored(Instant limit, Consumer<StoredName> visitor) throws IOException {
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(keys.path(), Files::isDirectory)) {
            for (Path shard : shards) {
                eachFile(shard, limit, name -> StoredName.ofText(name).ifPresent(visitor));
            }
        }
    }

    private static void eachFile(Path folder, Instant limit, Consumer<String> visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (isOlder(file, limit)) {
                    visitor.accept(file.getFileName().toString());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        locks.close();
    }

    private record Chunk(FileChannel file, long length) implements ReceivedChunk {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private final class Staged implements StagedContent {
        private final String name;
        private final UploadLocks.Held lock;

        private Staged(String name, UploadLocks.Held lock) {
            this.name = name;
            this.lock = lock;
        }

        @Override
        public long length() throws IOException {
            return lengthOf(staging.file(name));
        }

        @Override
        public void append(ReceivedChunk chunk) throws IOException {
            FileChannel from = ((Chunk) chunk).file();
            try (FileChannel to = staging.open(name, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
                long before = to.size();
                try {
                    to.position(before);
                    transfer(from, to, chunk.length());
                    to.force(true);
                } catch (IOException | RuntimeException e) {
                    to.truncate(before);
                    throw e;
                }
            }
        }

        /// In the kernel. The other direction, `transferFrom`, maps the source into memory and takes four times as long.
        private static void transfer(FileChannel from, FileChannel to, long length) throws IOException {
            for (long done = 0; done < length; ) {
                done += from.transferTo(done, length - done, to);
            }
        }

        @Override
        public InputStream read() throws IOException {
            return Files.newInputStream(staging.file(name));
        }

        @Override
        public void store(StoredName target) throws IOException {
            PrivateFolder shard = keys.folder(shard(target));
            Path from = staging.file(name);
            if (!Files.exists(from) && Files.exists(shard.file(target.text()))) {
                return;
            }
            // Its age counts from now on: a tidying process must not take for forgotten what is only just stored.
            Files.setLastModifiedTime(from, FileTime.from(Instant.now()));
            Files.move(from, shard.file(target.text()), StandardCopyOption.ATOMIC_MOVE);
            // The old name may come back with a power failure; it is tidied away then.
            shard.sync();
        }

        @Override
        public void discard() throws IOException {
            Files.deleteIfExists(staging.file(name));
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    private record Stored(FileChannel file, long length) implements StoredContent {
        @Override
        public InputStream read(long offset, long length) throws IOException {
            file.position(offset);
            return new ChannelRange(file, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
