package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.ChangeAccount;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "update", mixinStandardHelpOptions = true, description = "Change the own account's name, or how long new tokens live.")
final class AccountUpdate implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
    private @Nullable String name;

    @Option(names = "--token-lifetime-days", paramLabel = "DAYS", description = "Of new tokens, unless they say otherwise: 1 to 365.")
    private @Nullable Integer tokenLifetimeDays;

    @Mixin
    private OutputOption output = new OutputOption();

    AccountUpdate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name == null && tokenLifetimeDays == null) {
            throw CommandException.usage("Say what to change: --name or --token-lifetime-days.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Account changed = client.changeAccount(new ChangeAccount(name, tokenLifetimeDays));
            output.print(terminal, changed, () -> AccountViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
