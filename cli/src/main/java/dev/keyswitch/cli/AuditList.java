package dev.keyswitch.cli;

import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.AuditQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List changes, newest first.")
final class AuditList implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--token", paramLabel = "ID", description = "Only those of this token; it may be deleted by now.")
    private @Nullable UUID token;

    @Option(names = "--model", paramLabel = "ID", description = "Only those of this model; it may be deleted by now.")
    private @Nullable UUID model;

    @Option(names = "--actor", paramLabel = "NAME|ID", description = "Only those by this credential, or by \"system\".")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only these, for example token.assigned.")
    private @Nullable String action;

    @Option(names = "--from", paramLabel = "TIME", description = "Not before, for example 2026-11-23T12:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only before.")
    private @Nullable Instant to;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    AuditList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        AuditQuery query = new AuditQuery(token, model, actor, action, from, to, list.limit(), list.cursor());
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Page<AuditedChange> page = list.fetch(query, client.audit()::list, client.audit()::all);
            list.print(terminal, output, page, this::table);
        }
        return ExitCode.OK;
    }

    private Table table(List<AuditedChange> changes) {
        Table table = new Table("WHEN", "BY", "ACTION", "CHANGE", "TOKEN ID", "MODEL ID");
        for (AuditedChange change : changes) {
            table.row(
                    terminal.time(change.at()),
                    change.by(),
                    change.action(),
                    difference(change),
                    change.tokenId(),
                    change.modelId());
        }
        return table;
    }

    /// What is not the same before and after.
    private static String difference(AuditedChange change) {
        Map<String, Object> before = change.before() == null ? Map.of() : change.before();
        Map<String, Object> after = change.after() == null ? Map.of() : change.after();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !String.valueOf(before.get(name)).equals(String.valueOf(after.get(name))))
                .map(name -> name + " " + before.getOrDefault(name, "-") + " → " + after.getOrDefault(name, "-"))
                .collect(Collectors.joining(", "));
    }
}
