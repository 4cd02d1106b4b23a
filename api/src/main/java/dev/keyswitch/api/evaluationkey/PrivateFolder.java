package dev.keyswitch.api.evaluationkey;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// A folder that only its owner may enter, with files that only their owner may touch.
///
/// @param path absolute
record PrivateFolder(Path path) {

    /// Creates the folder if it is not there; it and its entry in the parent are on the disk then.
    static PrivateFolder at(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = Objects.requireNonNull(absolute.getParent(), "the root of the file system is no folder of ours");
        Files.createDirectories(parent);
        try {
            Files.createDirectory(absolute, permissions(parent, "rwx------"));
            sync(parent);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(absolute)) {
                throw e;
            }
        }
        return new PrivateFolder(absolute);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    PrivateFolder folder(String name) throws IOException {
        return at(path.resolve(name));
    }

    FileChannel open(String name, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file(name), options, permissions(path, "rw-------"));
    }

    /// Makes names that were added, moved or removed outlast a power failure.
    void sync() throws IOException {
        sync(path);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(Path parent, String mode) throws IOException {
        return Files.getFileStore(parent).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
