package dev.keyswitch.cli;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ModelQuery;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List models.")
final class ModelsList implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "-q", paramLabel = "TEXT", description = "Part of the name, in any case.")
    private @Nullable String part;

    @Option(names = "--status", paramLabel = "active|inactive", description = "Only those.")
    private @Nullable ModelStatus status;

    @Option(names = "--sort", paramLabel = "ORDER", description = "name, -name, createdAt or -createdAt.")
    private @Nullable String sort;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ModelsList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ModelQuery query = new ModelQuery(null, part, status, sort, list.limit(), list.cursor());
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Page<Model> page = list.fetch(query, client.models()::list, client.models()::all);
            list.print(terminal, output, page, models -> ModelViews.table(terminal, models));
        }
        return ExitCode.OK;
    }
}
