package dev.keyswitch.api;

import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/// Brings the database to the schema of this version. Any number of nodes may do so at once: they take turns.
@Singleton
final class Migrations {

    private final ApiConfiguration configuration;

    Migrations(ApiConfiguration configuration) {
        this.configuration = configuration;
    }

    void run() {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(
                        configuration.databaseUrl(), configuration.databaseUser(), configuration.databasePassword())
                .locations("classpath:api/db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }
}
