package dev.keyswitch.cli;

import dev.keyswitch.sdk.KeyswitchClient;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revoke a management credential: it is refused at once, on other nodes of the API within 100 ms.")
final class CredentialsRevoke implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String credential = "";

    @Option(names = "--yes", description = "Needed: this cannot be undone.")
    private boolean sure;

    @Mixin
    private OutputOption output = new OutputOption();

    CredentialsRevoke(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        UUID id = Lookup.requiredId("a credential", credential);
        if (!sure) {
            throw CommandException.usage("Revoking cannot be undone. Say --yes if you are sure.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            client.credentials().revoke(id);
            output.print(terminal, Map.of("revoked", id), () -> "Revoked the credential " + id + ".\n");
        }
        return ExitCode.OK;
    }
}
