package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List evaluation keys.")
final class EvaluationKeysList implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "requested, generating, ready, failed, superseded or revoked.")
    private @Nullable EvaluationKeyState state;

    @Option(names = "--token", paramLabel = "TOKEN", description = "Only those of this token (id or unique name).")
    private @Nullable String token;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only those for this model (id or name).")
    private @Nullable String model;

    @Option(names = "--holder", paramLabel = "ID", description = "Only those of this key holder.")
    private @Nullable UUID holder;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    EvaluationKeysList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int limit = list.limit();
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Lookup lookup = new Lookup(client);
            EvaluationKeyQuery query = new EvaluationKeyQuery(
                    state,
                    token == null ? null : lookup.token(token).id(),
                    model == null ? null : lookup.model(model).id(),
                    holder,
                    limit,
                    list.cursor());
            Page<EvaluationKey> page = list.fetch(query, client.evaluationKeys()::list, client.evaluationKeys()::all);
            list.print(terminal, output, page, keys -> EvaluationKeyViews.table(terminal, keys));
        }
        return ExitCode.OK;
    }
}
