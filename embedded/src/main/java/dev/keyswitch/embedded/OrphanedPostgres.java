package dev.keyswitch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database process whose parent was killed: it still holds the data folder.
final class OrphanedPostgres {

    private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final long FAST_SHUTDOWN_SECONDS = 20;

    private OrphanedPostgres() {}

    /// Stops the process that `postmaster.pid` names, if it is a PostgreSQL server; otherwise the file is left over
    /// from a machine that went down, its number may belong to anybody by now, and only the file goes.
    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = read(pidFile).filter(OrphanedPostgres::isPostgres);
        if (orphan.isPresent()) {
            log.info("Stopping the orphaned database process pid={} data={}", orphan.get().pid(), data);
            stop(orphan.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> read(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/bin/postgres");
    }

    /// SIGINT is PostgreSQL's fast shutdown: it disconnects clients and writes a checkpoint. SIGTERM would wait for clients.
    private static void stop(ProcessHandle postgres) throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid())).start();
        try {
            postgres.onExit().get(FAST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the database process " + postgres.pid() + " does not stop; stop it by hand", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for the database process " + postgres.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database process stops", e);
        }
    }
}
