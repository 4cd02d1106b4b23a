package dev.keyswitch.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;

/// A process that starts a database with one table and waits to be killed.
final class HoldsADatabase {

    static final String READY = "ready";

    private HoldsADatabase() {}

    public static void main(String[] args) throws Exception {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(args[0]), 0);
        server.createDatabase("keyswitch");
        try (var connection = DriverManager.getConnection(
                        server.jdbcUrl("keyswitch"), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create table memory (word text)");
        }
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
