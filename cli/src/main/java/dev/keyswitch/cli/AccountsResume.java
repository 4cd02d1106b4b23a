package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Resume a suspended account: everything inside is as it was.")
final class AccountsResume implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ACCOUNT", description = "Its id or slug.")
    private String account = "";

    @Mixin
    private OutputOption output = new OutputOption();

    AccountsResume(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Account changed = client.accounts().resume(new Lookup(client).account(account).id());
            output.print(terminal, changed, () -> AccountViews.facts(terminal, changed));
        }
        return ExitCode.OK;
    }
}
