package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "retry", mixinStandardHelpOptions = true, description = "Ask again for an evaluation key that failed.")
final class EvaluationKeysRetry implements Callable<Integer> {
    private final Terminal terminal;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private EvaluationKeyChoice choice = new EvaluationKeyChoice();

    @Mixin
    private OutputOption output = new OutputOption();

    EvaluationKeysRetry(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            EvaluationKey key = client.evaluationKeys().retry(choice.find(client).id());
            output.print(terminal, key, () -> EvaluationKeyViews.facts(terminal, key));
        }
        return ExitCode.OK;
    }
}
