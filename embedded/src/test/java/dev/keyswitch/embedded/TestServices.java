package dev.keyswitch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The PostgreSQL and the Kafka that integration tests use: one of each per JVM, started when first asked for.
///
/// One switch, the system property or environment variable `keyswitch.services` / `KEYSWITCH_SERVICES`: `embedded`,
/// `testcontainers`, or `auto` (default: Testcontainers where a Docker engine has the images, embedded otherwise).
public final class TestServices {

    private static final String POSTGRES_IMAGE = "postgres:18.6";
    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Instance {
        static final TestServices SERVICES = create();
    }

    private final Database database;
    private final String kafkaBootstrap;

    private record Database(String urlPrefix, String user, String password) {}

    private TestServices(Database database, String kafkaBootstrap) {
        this.database = database;
        this.kafkaBootstrap = kafkaBootstrap;
    }

    /// The services of this JVM.
    public static TestServices start() {
        return Instance.SERVICES;
    }

    private static TestServices create() {
        try {
            return useTestcontainers() ? testcontainers() : embedded();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start the services for integration tests", e);
        }
    }

    private static boolean useTestcontainers() {
        String chosen = System.getProperty(
                "keyswitch.services", System.getenv().getOrDefault("KEYSWITCH_SERVICES", "auto"));
        return switch (chosen.toLowerCase(Locale.ROOT)) {
            case "embedded" -> false;
            case "testcontainers" -> true;
            case "auto" -> DockerClientFactory.instance().isDockerAvailable()
                    && hasImage(POSTGRES_IMAGE)
                    && hasImage(KAFKA_IMAGE);
            default -> throw new IllegalArgumentException("keyswitch.services must be embedded, testcontainers or auto");
        };
    }

    private static boolean hasImage(String image) {
        return !DockerClientFactory.lazyClient()
                .listImagesCmd()
                .withFilter("reference", List.of(image))
                .exec()
                .isEmpty();
    }

    private static TestServices testcontainers() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE);
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        postgres.start();
        kafka.start();
        String prefix = "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getMappedPort(5432) + "/";
        return new TestServices(
                new Database(prefix, postgres.getUsername(), postgres.getPassword()), kafka.getBootstrapServers());
    }

    private static TestServices embedded() throws IOException {
        Path folder = Files.createTempDirectory("keyswitch-test");
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder.resolve("postgresql"), 0);
        EmbeddedKafkaServer kafka = EmbeddedKafkaServer.start(folder.resolve("kafka"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder, postgres, kafka)));
        return new TestServices(
                new Database(
                        "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/", postgres.user(), postgres.password()),
                kafka.bootstrapServers());
    }

    private static void stop(Path folder, EmbeddedPostgresServer postgres, EmbeddedKafkaServer kafka) {
        try (postgres) {
            kafka.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop the database of the tests", e);
        } finally {
            Folders.delete(folder);
        }
    }

    /// The JDBC URL of a new, empty database.
    public String newDatabase() {
        return databaseUrl("test_" + DATABASES.incrementAndGet());
    }

    /// The JDBC URL of the database of this name, created if it is not there.
    public String databaseUrl(String name) {
        try (var connection =
                        DriverManager.getConnection(database.urlPrefix + "postgres", database.user, database.password);
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
        return database.urlPrefix + name;
    }

    public String databaseUser() {
        return database.user;
    }

    public String databasePassword() {
        return database.password;
    }

    public String kafkaBootstrap() {
        return kafkaBootstrap;
    }
}
