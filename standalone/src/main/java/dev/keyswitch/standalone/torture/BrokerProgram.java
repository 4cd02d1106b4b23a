package dev.keyswitch.standalone.torture;

import dev.keyswitch.embedded.EmbeddedKafkaServer;
import java.nio.file.Path;

/// A Kafka broker as a process of its own: `KEYSWITCH_BROKER_FOLDER`, `KEYSWITCH_BROKER_PORT`.
final class BrokerProgram {

    private BrokerProgram() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedKafkaServer server = EmbeddedKafkaServer.start(
                Path.of(System.getenv("KEYSWITCH_BROKER_FOLDER")),
                Integer.parseInt(System.getenv("KEYSWITCH_BROKER_PORT")));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "broker-stop"));
        Thread.currentThread().join();
    }
}
