package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List the accounts of the deployment (with its ADMIN credential).")
final class AccountsList implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    AccountsList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            List<Account> accounts = client.accounts().list();
            output.print(terminal, new Page<>(accounts, null), () -> AccountViews.table(terminal, accounts));
        }
        return ExitCode.OK;
    }
}
