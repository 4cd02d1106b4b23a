package dev.keyswitch.standalone.torture;

import dev.keyswitch.embedded.EmbeddedKafkaServer;
import java.nio.file.Path;
import java.util.Map;

/// A Kafka broker as a process of its own: `KEYSWITCH_BROKER_FOLDER`, `KEYSWITCH_BROKER_PORT`, and `KEYSWITCH_BROKER_ADVERTISED_PORT`, where its
/// clients are told to find it.
final class BrokerProgram {

    private BrokerProgram() {}

    public static void main(String[] arguments) throws Exception {
        // Without one, all of Kafka's own steps are logged: half a megabyte for each fault.
        System.setProperty("logback.configurationFile", "api/logback.xml");
        EmbeddedKafkaServer server = EmbeddedKafkaServer.start(
                Path.of(System.getenv("KEYSWITCH_BROKER_FOLDER")),
                Integer.parseInt(System.getenv("KEYSWITCH_BROKER_PORT")),
                Map.of("advertised.listeners", "BROKER://127.0.0.1:" + System.getenv("KEYSWITCH_BROKER_ADVERTISED_PORT")));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "broker-stop"));
        Thread.currentThread().join();
    }
}
