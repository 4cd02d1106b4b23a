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
/// @param managementPort of health and of the figures for Prometheus; null: health is on `port`, and there are no figures
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
        String account,
        @Nullable Integer managementPort) {

    /// Without a management port.
    public ApiConfiguration(
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
        this(
                host,
                port,
                databaseUrl,
                databaseUser,
                databasePassword,
                kafka,
                store,
                adminCredentialFile,
                ownerCredentialFile,
                account,
                null);
    }

    public ApiConfiguration {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port must be 0 to 65535, not " + port);
        }
        if (!databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database must be given as jdbc:postgresql://host:port/name");
        }
        Slug.check(account);
        if (managementPort != null && (managementPort < 1 || managementPort > 65535)) {
            throw new IllegalArgumentException("the management port must be 1 to 65535, not " + managementPort);
        }
    }

    /// Never shows the password.
    @Override
    public String toString() {
        return "ApiConfiguration[" + host + ":" + port + " " + kafka + " " + store + " " + account + "]";
    }
}
