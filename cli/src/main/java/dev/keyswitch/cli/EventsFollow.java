package dev.keyswitch.cli;

import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.FollowedEvent;
import dev.keyswitch.sdk.EventQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        description = "Print events as they happen, until it is stopped. Goes on by itself after a cut.")
final class EventsFollow implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--type", split = ",", paramLabel = "TYPE", description = "Only these, for example token.assigned.")
    private List<String> types = List.of();

    @Option(names = "--subject", paramLabel = "ID", description = "Only those about this token or model.")
    private @Nullable UUID subject;

    @Option(names = "--after", paramLabel = "POSITION", description = "Begin after the event with this position.")
    private @Nullable String after;

    @Option(names = "--max", paramLabel = "N", description = "Stop after so many.")
    private @Nullable Integer max;

    @Mixin
    private OutputOption output = new OutputOption();

    private int printed;

    EventsFollow(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        EventQuery query = new EventQuery(types.stream().map(EventsFollow::type).toList(), subject, after);
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            client.events().follow(query, this::print);
        }
        return ExitCode.OK;
    }

    private static EventType type(String text) {
        return EventType.ofType(text.startsWith("dev.keyswitch.") ? text : "dev.keyswitch." + text + ".v1")
                .orElseThrow(() -> CommandException.usage("There is no event type " + text + "; one is token.assigned."));
    }

    private boolean print(String position, FollowedEvent event) {
        terminal.out().print(output.isJson() ? JsonDocument.line(document(position, event)) : line(position, event));
        terminal.out().flush();
        printed++;
        return max == null || printed < max;
    }

    private static Map<String, Object> document(String position, FollowedEvent event) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("position", position);
        document.put("event", event);
        return document;
    }

    private String line(String position, FollowedEvent event) {
        String type = event.type().replaceFirst("^dev\\.keyswitch\\.", "").replaceFirst("\\.v1$", "");
        return Printable.text(
                        terminal.time(event.time()) + "  " + position + "  " + type + "  " + event.subject() + "  " + name(event))
                + "\n";
    }

    private static String name(FollowedEvent event) {
        return String.valueOf(event.data().getOrDefault("name", "-"));
    }
}
