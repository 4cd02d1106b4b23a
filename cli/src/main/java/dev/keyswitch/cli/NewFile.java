package dev.keyswitch.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that comes into being whole or not at all, and never in the place of another.
record NewFile(Path path, boolean secret) {
    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /// Writes the content.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Anybody may read it, as far as the umask allows.
    static NewFile open(Path path) {
        return new NewFile(path, false);
    }

    /// Only its owner may read it (mode 0600), from the first byte on.
    static NewFile secret(Path path) {
        return new NewFile(path, true);
    }

    /// @throws FileAlreadyExistsException if there is one
    void refuseIfThere() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    /// Writes to a neighbour first, has it on the disk, then links it to its name: linking fails if the name is taken.
    void write(Content content) throws IOException {
        refuseIfThere();
        Path neighbour = path.resolveSibling(
                path.getFileName() + ".part-" + ProcessHandle.current().pid());
        try (FileChannel channel = FileChannel.open(neighbour, OPTIONS, attributes())) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
            publish(neighbour);
        } finally {
            Files.deleteIfExists(neighbour);
        }
    }

    private void publish(Path neighbour) throws IOException {
        try {
            Files.createLink(path, neighbour);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            refuseIfThere();
            Files.move(neighbour, path);
        }
    }

    private FileAttribute<?>[] attributes() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        boolean hasOwners = Files.getFileStore(folder).supportsFileAttributeView("posix");
        return secret && hasOwners
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
