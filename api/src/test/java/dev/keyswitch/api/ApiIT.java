package dev.keyswitch.api;

import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.embedded.TestServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// One API process per test class, on a database of its own; PostgreSQL and Kafka are shared within the JVM.
///
/// The account's slug is new for every class, and so are its topics.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ApiIT {

    private static final TestServices SERVICES = TestServices.start();

    private Path folder = Path.of("");
    private ApiConfiguration configuration = unset();
    private ApiServer server = unset();

    @BeforeAll
    final void startApi(@TempDir(cleanup = CleanupMode.ALWAYS) Path temporary) {
        folder = temporary;
        settings().forEach(System::setProperty);
        String databaseUrl = SERVICES.newDatabase();
        configuration = configure(new ApiConfiguration(
                "127.0.0.1",
                0,
                databaseUrl,
                SERVICES.databaseUser(),
                SERVICES.databasePassword(),
                KafkaConnection.plain(SERVICES.kafkaBootstrap()),
                folder.resolve("store"),
                folder.resolve("admin.credential"),
                folder.resolve("owner.credential"),
                databaseUrl.substring(databaseUrl.lastIndexOf('/') + 1).replace('_', '-')));
        server = ApiServer.start(configuration);
    }

    @AfterAll
    final void stopApi() {
        try {
            server.close();
        } finally {
            settings().keySet().forEach(System::clearProperty);
        }
    }

    /// For classes whose API has other settings than usual.
    protected Map<String, String> settings() {
        return Map.of();
    }

    /// For classes that need something else.
    protected ApiConfiguration configure(ApiConfiguration usual) {
        return usual;
    }

    protected final ApiConfiguration configuration() {
        return configuration;
    }

    protected final ApiServer server() {
        return server;
    }

    /// Where the store and the credential files of this class are.
    protected final Path folder() {
        return folder;
    }

    /// A client with the OWNER credential of the first account.
    protected final TestClient owner() {
        return new TestClient(server.uri(), credential("owner.credential"));
    }

    protected final String ownerCredential() {
        return credential("owner.credential");
    }

    protected final String adminCredential() {
        return credential("admin.credential");
    }

    /// A client with the deployment's ADMIN credential.
    protected final TestClient admin() {
        return new TestClient(server.uri(), credential("admin.credential"));
    }

    protected final TestClient withoutCredential() {
        return new TestClient(server.uri(), null);
    }

    /// A client with a value of the test's choosing.
    protected final TestClient with(String credential) {
        return new TestClient(server.uri(), credential);
    }

    /// A connection past the API, to look at rows.
    protected final Connection database() {
        try {
            return DriverManager.getConnection(
                    configuration.databaseUrl(), configuration.databaseUser(), configuration.databasePassword());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row; null if there is no row.
    @SuppressWarnings("unchecked")
    protected final <T> T value(String sql, Object... parameters) {
        try (Connection connection = database();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return (T) (rows.next() ? rows.getObject(1) : null);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Changes rows past the API; answers how many.
    protected final int execute(String sql, Object... parameters) {
        try (Connection connection = database();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.execute() ? 0 : statement.getUpdateCount();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String credential(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("NullAway") // set before the first test
    private static <T> T unset() {
        return null;
    }
}
