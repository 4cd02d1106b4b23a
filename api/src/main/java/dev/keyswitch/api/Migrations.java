package dev.keyswitch.api;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/// Brings the database to the schema of this version. Any number of nodes may do so at once: they take turns.
@Singleton
final class Migrations {

    private final String url;
    private final String user;
    private final String password;

    Migrations(
            @Property(name = "keyswitch.database.url") String url,
            @Property(name = "keyswitch.database.user") String user,
            @Property(name = "keyswitch.database.password") String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    void run() {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(url, user, password)
                .locations("classpath:api/db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
