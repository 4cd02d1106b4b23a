package dev.keyswitch.api;

import dev.keyswitch.contract.event.KafkaConnection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What an API process must be told.
///
/// @param port 0: any free port
/// @param databaseUrl `jdbc:postgresql://…`
/// @param store folder of the evaluation keys
/// @param adminCredentialFile where the deployment's ADMIN credential is, or is put at the first start; null: none is made
/// @param ownerCredentialFile the same for the first account's OWNER credential
/// @param account slug of the first account, created if there is none
public record ApiConfiguration(
        String host,
        int port,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        KafkaConnection kafka,
        Path store,
        @Nullable Path adminCredentialFile,
        @Nullable Path ownerCredentialFile,
        String account) {

    public ApiConfiguration {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port must be 0 to 65535, not " + port);
        }
        if (!databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database must be given as jdbc:postgresql://host:port/name");
        }
        Slug.check(account);
    }

    /// Never shows the password.
    @Override
    public String toString() {
        return "ApiConfiguration[" + host + ":" + port + " " + kafka + " " + store + " " + account + "]";
    }
}
