package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "suspend",
        mixinStandardHelpOptions = true,
        description = "Suspend an account: every credential and token of it is refused until it is resumed.")
final class AccountsSuspend implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ACCOUNT", description = "Its id or slug.")
    private String account = "";

    @Mixin
    private OutputOption output = new OutputOption();

    AccountsSuspend(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Account changed = client.accounts().suspend(new Lookup(client).account(account).id());
            output.print(terminal, changed, () -> AccountViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
