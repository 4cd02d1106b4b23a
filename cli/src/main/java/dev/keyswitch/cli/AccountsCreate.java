package dev.keyswitch.cli;

import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create an account (with the deployment's ADMIN credential). The value of its first OWNER credential is shown once, here.")
final class AccountsCreate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SLUG", description = "Its short name, which never changes and is in the names of its topics.")
    private String slug = "";

    @Option(names = "--name", paramLabel = "NAME", description = "For people; the slug otherwise.")
    private @Nullable String name;

    @Mixin
    private OutputOption output = new OutputOption();

    AccountsCreate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            CreatedAccount created = client.accounts().create(new CreateAccount(slug, name));
            output.print(terminal, created, () -> AccountViews.created(terminal, created));
        }
        return ExitCode.OK;
    }
}
