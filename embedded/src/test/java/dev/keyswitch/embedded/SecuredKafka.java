package dev.keyswitch.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// A broker that wants to know who its clients are, and lets them do what they were allowed and nothing else. A user's password is its name and
/// `password`.
public final class SecuredKafka implements AutoCloseable {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
    private static final String ADMIN = "admin";

    private final EmbeddedKafkaServer server;
    private final List<AclBinding> rights = new ArrayList<>();

    private SecuredKafka(EmbeddedKafkaServer server) {
        this.server = server;
    }

    public static SecuredKafka start(Path folder, String... users) throws IOException {
        StringBuilder logins = new StringBuilder(LOGIN + login(ADMIN) + known(ADMIN));
        for (String user : users) {
            logins.append(known(user));
        }
        return new SecuredKafka(EmbeddedKafkaServer.start(folder, 0, Map.of(
                "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.broker.plain.sasl.jaas.config", logins + ";",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:" + ADMIN + ";User:ANONYMOUS")));
    }

    private static String login(String user) {
        return "username=\"" + user + "\" password=\"" + user + "password\"";
    }

    private static String known(String user) {
        return " user_" + user + "=\"" + user + "password\"";
    }

    /// Noted, and in force with [#grant].
    public SecuredKafka allow(String user, ResourceType type, String prefix, AclOperation... operations) {
        for (AclOperation operation : operations) {
            rights.add(new AclBinding(
                    new ResourcePattern(type, prefix, PatternType.PREFIXED),
                    new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
        }
        return this;
    }

    public void grant() throws Exception {
        try (Admin admin = admin()) {
            admin.createAcls(rights).all().get();
        }
    }

    /// May do everything.
    public Admin admin() {
        Map<String, Object> settings = new HashMap<>(security(ADMIN));
        settings.put("bootstrap.servers", bootstrapServers());
        return Admin.create(settings);
    }

    /// What a client of this user needs to log in.
    public static Map<String, String> security(String user) {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", LOGIN + login(user) + ";");
    }

    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    @Override
    public void close() {
        server.close();
    }
}
