package dev.keyswitch.cli;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete a token for ever: its value is dead, its assignment ends, its evaluation key is revoked.")
final class TokensDelete implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "Its id, or its name if that is unique.")
    private String token = "";

    @Option(names = "--yes", description = "Needed: this cannot be undone.")
    private boolean sure;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    @Mixin
    private OutputOption output = new OutputOption();

    TokensDelete(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!sure && !dryRun.isWanted()) {
            throw CommandException.usage("Deleting cannot be undone. Say --yes if you are sure.");
        }
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Token found = new Lookup(client).token(token);
            if (dryRun.isWanted()) {
                return dryRun.print(
                        terminal, output, client.previews().delete(found.id()), preview -> PreviewViews.token(terminal, preview));
            }
            client.tokens().delete(found.id());
            output.print(
                    terminal,
                    Map.of("deleted", found.id()),
                    () -> "Deleted the token " + Printable.text(found.name()) + " (" + found.id() + ").\n");
        }
        return ExitCode.OK;
    }
}
