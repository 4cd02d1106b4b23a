package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "get", mixinStandardHelpOptions = true, description = "Show the own account.")
final class AccountGet implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    AccountGet(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Account account = client.account();
            output.print(terminal, account, () -> AccountViews.facts(terminal, account));
        }
        return ExitCode.OK;
    }
}
