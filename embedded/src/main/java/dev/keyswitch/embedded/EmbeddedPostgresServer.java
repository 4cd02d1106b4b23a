package dev.keyswitch.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// A PostgreSQL server as a child process, its data kept in a folder.
///
/// Listens on 127.0.0.1 only and asks for a password from the first moment on. Commits are durable. If the process
/// that started it dies, the server lives on; the next start on the same folder stops it first.
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedPostgresServer(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /// @param folder created if missing; holds the data and the password, for the present user only
    /// @param port 0 for any free one
    /// @throws IOException if the server cannot be started
    public static EmbeddedPostgresServer start(Path folder, int port) throws IOException {
        PrivateFiles.createFolder(folder);
        Path data = folder.resolve("data").toAbsolutePath();
        OrphanedPostgres.stop(data);
        String password = PrivateFiles.readOrCreateSecret(folder.resolve("password"));
        EmbeddedPostgres server = configure(folder, data, password)
                .setPort(port == 0 ? FreePort.find() : port)
                .start();
        return new EmbeddedPostgresServer(server, password);
    }

    private static EmbeddedPostgres.Builder configure(Path folder, Path data, String password) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                // initdb options: these come after the library's own "trust" and override it
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.resolve("password").toAbsolutePath().toString())
                // an order of names that does not depend on the host
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", password)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                // the library starts the server with both off
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100");
    }

    /// Where the server's programs are unpacked, once for all servers of this user. Not the library's default below the
    /// temporary folder: whoever can write there could plant a program.
    private static Path binaries() throws IOException {
        Path ours = Path.of(System.getProperty("user.home"), ".cache", "keyswitch");
        PrivateFiles.createFolder(ours);
        return Files.createDirectories(ours.resolve("postgresql"));
    }

    /// Creates the database unless it exists.
    public void createDatabase(String name) throws SQLException {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, password);
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            try (var rows = exists.executeQuery()) {
                if (!rows.next()) {
                    create.execute("create database " + name);
                }
            }
        }
    }

    /// Without user and password.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    public int port() {
        return server.getPort();
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /// Stops the server; clients are disconnected, what is committed stays.
    @Override
    public void close() throws IOException {
        server.close();
    }
}
