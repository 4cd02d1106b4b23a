package dev.keyswitch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerIT {

    @TempDir
    Path folder;

    @Test
    void keepsCommittedRowsAndThePasswordOverARestart() throws Exception {
        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            server.createDatabase("keyswitch");
            execute(server, "create table memory (word text)");
            execute(server, "insert into memory values ('kept')");
        }

        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            server.createDatabase("keyswitch");

            assertThat(query(server, "select word from memory")).isEqualTo("kept");
        }
    }

    @Test
    void makesCommitsDurable() throws Exception {
        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            server.createDatabase("keyswitch");

            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void refusesAConnectionWithoutThePassword() throws Exception {
        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void keepsItsFolderToItself() throws Exception {
        try (var server = EmbeddedPostgresServer.start(folder.resolve("new"), 0)) {
            assertThat(server.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new"))))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void stopsTheProcessThatAKilledParentLeftBehind() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsADatabase.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(parent.inputReader().lines().anyMatch(HoldsADatabase.READY::equals)).isTrue();
        parent.destroyForcibly().waitFor();
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isTrue();

        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                    .isFalse();
            assertThat(query(server, "select count(*) from memory")).isEqualTo("0");
        }
    }

    @Test
    void ignoresAPidFileThatNamesAnotherProgram() throws Exception {
        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            server.createDatabase("keyswitch");
        }
        Files.writeString(
                folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

        try (var server = EmbeddedPostgresServer.start(folder, 0)) {
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("keyswitch"), server.user(), server.password());
    }
}
