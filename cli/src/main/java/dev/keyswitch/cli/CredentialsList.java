package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List the management credentials in force, without their values.")
final class CredentialsList implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    CredentialsList(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            List<Credential> credentials = client.credentials().list();
            output.print(terminal, new Page<>(credentials, null), () -> CredentialViews.table(terminal, credentials));
        }
        return ExitCode.OK;
    }
}
