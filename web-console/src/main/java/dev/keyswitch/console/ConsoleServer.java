package dev.keyswitch.console;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.Map;

/// A running web console. Owns its application context and its port until it is closed.
///
/// Registers no shutdown hook: whoever starts it closes it.
public final class ConsoleServer implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private ConsoleServer(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /// Returns when requests are answered. The API need not be up yet.
    public static ConsoleServer start(ConsoleConfiguration configuration) {
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .bootstrapEnvironment(false)
                .overrideConfigLocations("classpath:console/")
                .properties(Map.of(
                        "keyswitch.application", "console",
                        "micronaut.server.host", configuration.host(),
                        "micronaut.server.port", configuration.port() == 0 ? -1 : configuration.port()))
                .singletons(configuration)
                .build();
        try {
            context.start();
            return new ConsoleServer(context, context.getBean(EmbeddedServer.class).start());
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /// Where this console listens.
    public URI uri() {
        return server.getURI();
    }

    @Override
    public void close() {
        server.stop();
        context.close();
    }
}
