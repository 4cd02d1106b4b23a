package dev.keyswitch.api.outbox;

import dev.keyswitch.contract.access.AccessHeartbeat;
import dev.keyswitch.contract.access.ModelAccessRecord;
import dev.keyswitch.contract.access.TokenAccessRecord;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.Topics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// The AsyncAPI 3 document of what is published to Kafka, made from the contract.
final class AsyncApiDocument {

    private static final String PARAMETER = "{account}";

    /// By type; those of the access topic have none of CloudEvents.
    static Optional<Class<?>> dataOf(String type) {
        return EventType.ofType(type).map(EventType::data);
    }

    String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        options.setSplitLines(false);
        return "# Generated from the contract; the build compares it.\n" + new Yaml(options).dump(document());
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put("info", ordered(
                "title", "Keyswitch events",
                "version", "1",
                "description", "CloudEvents 1.0 in binary content mode: attributes in ce_ headers, data as JSON. Read committed records"
                        + " only. An event may come twice, with the same ce_id. The access topic is read as a table."));
        document.put("defaultContentType", "application/json");
        document.put("channels", channels());
        document.put("operations", operations());
        document.put("components", ordered("messages", messages(), "schemas", schemas(), "parameters", ordered(
                "account", ordered("description", "Slug of the account, fixed at its creation."))));
        return document;
    }

    private static Map<String, Object> channels() {
        Map<String, Object> channels = new LinkedHashMap<>();
        channels.put("tokens", channel(
                Topics.tokens(PARAMETER),
                "Everything about one token, in order; record key: the token's id.",
                types(false)));
        channels.put("models", channel(
                Topics.models(PARAMETER), "Everything about one model, in order; record key: the model's id.", types(true)));
        channels.put("access", channel(
                Topics.access(PARAMETER),
                "The present access decisions, compacted, in one partition. Of each record key the highest revision counts.",
                List.of("access.token", "access.model", "access.heartbeat")));
        return channels;
    }

    private static Map<String, Object> channel(String address, String description, List<String> messages) {
        Map<String, Object> references = new LinkedHashMap<>();
        messages.forEach(name -> references.put(name, ordered("$ref", "#/components/messages/" + name)));
        return ordered(
                "address", address,
                "description", description,
                "parameters", ordered("account", ordered("$ref", "#/components/parameters/account")),
                "messages", references);
    }

    private static Map<String, Object> operations() {
        Map<String, Object> operations = new LinkedHashMap<>();
        for (String channel : List.of("tokens", "models", "access")) {
            operations.put("publish-" + channel, ordered(
                    "action", "send", "channel", ordered("$ref", "#/channels/" + channel)));
        }
        return operations;
    }

    private static List<String> types(boolean aboutModels) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.isAboutModel() == aboutModels)
                .map(EventType::type)
                .toList();
    }

    private static Map<String, Object> messages() {
        Map<String, Object> messages = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            messages.put(type.type(), ordered(
                    "name", type.type(),
                    "headers", ordered("$ref", "#/components/schemas/Headers"),
                    "payload", reference(type.data())));
        }
        messages.put("access.token", ordered(
                "title", "Record key: hex SHA-256 of the token's value.", "payload", reference(TokenAccessRecord.class)));
        messages.put("access.model", ordered(
                "title", "Record key: model: and the model's id.", "payload", reference(ModelAccessRecord.class)));
        messages.put("access.heartbeat", ordered(
                "title", "Record key: heartbeat.", "payload", reference(AccessHeartbeat.class)));
        return messages;
    }

    private static Map<String, Object> reference(Class<?> type) {
        return ordered("$ref", "#/components/schemas/" + type.getSimpleName());
    }

    private static Map<String, Object> schemas() {
        Map<String, Object> schemas = new TreeMap<>();
        Stream.concat(
                        Arrays.stream(EventType.values()).map(EventType::data),
                        Stream.of(TokenAccessRecord.class, ModelAccessRecord.class, AccessHeartbeat.class))
                .forEach(type -> schemas.put(type.getSimpleName(), new RecordSchema(type).json()));
        schemas.put("Headers", headers());
        return schemas;
    }

    private static Map<String, Object> headers() {
        Map<String, Object> properties = new LinkedHashMap<>();
        headersOfEveryEvent().forEach(name -> properties.put(name, ordered("type", "string")));
        properties.put(CloudEventHeaders.TRACE_PARENT, ordered("type", "string"));
        return ordered("type", "object", "properties", properties, "required", headersOfEveryEvent());
    }

    static List<String> headersOfEveryEvent() {
        return List.of(
                CloudEventHeaders.SPEC_VERSION,
                CloudEventHeaders.ID,
                CloudEventHeaders.SOURCE,
                CloudEventHeaders.TYPE,
                CloudEventHeaders.SUBJECT,
                CloudEventHeaders.TIME,
                CloudEventHeaders.POSITION,
                CloudEventHeaders.CONTENT_TYPE);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
