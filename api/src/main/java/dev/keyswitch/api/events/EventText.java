package dev.keyswitch.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.api.account.Accounts;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/// Writes the blocks of an event stream. An event is a CloudEvent in its JSON form, on one line.
@Singleton
final class EventText {

    private final ObjectMapper json;
    private final Accounts accounts;

    EventText(ObjectMapper json, Accounts accounts) {
        this.json = json;
        this.accounts = accounts;
    }

    byte[] event(PublishedEvent event) {
        ObjectNode cloudEvent = json.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id().toString())
                .put("source", "urn:keyswitch:deployment:" + accounts.deploymentId())
                .put("type", event.type())
                .put("subject", event.subject())
                .put("time", event.at().toString())
                .put("datacontenttype", "application/json");
        if (event.traceParent() != null) {
            cloudEvent.put("traceparent", event.traceParent());
        }
        try {
            cloudEvent.set("data", json.readTree(event.data()));
            return bytes("id: " + event.position() + "\nevent: " + event.type() + "\ndata: " + json.writeValueAsString(cloudEvent) + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's data is not JSON: " + event.id(), e);
        }
    }

    /// Nothing that a browser would report; moves the place from which it goes on after a cut.
    byte[] place(long position) {
        return bytes(": heartbeat\nid: " + position + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
