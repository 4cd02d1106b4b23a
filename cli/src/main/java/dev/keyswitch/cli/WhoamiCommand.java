package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", mixinStandardHelpOptions = true, description = "Show which credential is in use.")
final class WhoamiCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    WhoamiCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Whoami whoami = client.whoami();
            output.print(terminal, whoami, () -> facts(whoami));
        }
        return ExitCode.OK;
    }

    private static Facts facts(Whoami whoami) {
        return new Facts()
                .with("credential", whoami.name())
                .with("credential id", whoami.credentialId())
                .with("role", whoami.role())
                .with("account", whoami.accountSlug())
                .with("account id", whoami.accountId())
                .with("holder id", whoami.holderId())
                .with("deployment id", whoami.deploymentId());
    }
}
