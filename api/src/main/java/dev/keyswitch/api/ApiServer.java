package dev.keyswitch.api;

import dev.keyswitch.api.account.Bootstrap;
import dev.keyswitch.api.outbox.AccountTopics;
import dev.keyswitch.api.outbox.OutboxRelay;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// A running API process: its own application context, HTTP server, relay and sweepers.
///
/// Several may run in one JVM. No shutdown hook is registered: whoever starts it closes it, once.
public final class ApiServer implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private ApiServer(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /// Returns when requests are answered. The database must be reachable; the broker may be away.
    public static ApiServer start(ApiConfiguration configuration) {
        ApplicationContext context = ApplicationContext.builder()
                .overrideConfigLocations("classpath:api/")
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .bootstrapEnvironment(false)
                .banner(false)
                .singletons(configuration)
                .properties(properties(configuration))
                .start();
        try {
            context.getBean(Migrations.class).run();
            context.getBean(Bootstrap.class)
                    .run(configuration.account(), configuration.adminCredentialFile(), configuration.ownerCredentialFile());
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            context.getBean(Bootstrap.class).slugs().forEach(context.getBean(AccountTopics.class)::create);
            context.getBean(OutboxRelay.class).start();
            return new ApiServer(context, server);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /// Where it listens.
    public URI uri() {
        return server.getURI();
    }

    /// Stops taking requests, then whatever runs in the background.
    @Override
    public void close() {
        server.stop();
        context.close();
    }

    private static Map<String, Object> properties(ApiConfiguration configuration) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("keyswitch.application", "api");
        properties.put("keyswitch.host", configuration.host());
        properties.put("keyswitch.port", configuration.port() == 0 ? -1 : configuration.port());
        properties.put("keyswitch.database.url", configuration.databaseUrl());
        properties.put("keyswitch.database.user", configuration.databaseUser());
        properties.put("keyswitch.database.password", configuration.databasePassword());
        properties.put("micronaut.metrics.enabled", configuration.managementPort() != null);
        if (configuration.managementPort() != null) {
            properties.put("endpoints.all.port", configuration.managementPort());
            properties.put("endpoints.prometheus.enabled", true);
            properties.put("endpoints.prometheus.sensitive", false);
            properties.put("endpoints.metrics.enabled", false);
        }
        return properties;
    }
}
