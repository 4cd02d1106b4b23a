package dev.keyswitch.cli;

import dev.keyswitch.contract.preview.Preview;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// `--dry-run`: say what would happen, and change nothing.
final class DryRunOption {
    @Option(names = "--dry-run", description = "Say what would happen, and change nothing.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }

    /// Prints a preview.
    ///
    /// @return the exit code
    <T> int print(Terminal terminal, OutputOption output, Preview<T> preview, Function<Preview<T>, Facts> facts) {
        output.print(terminal, preview, () -> facts.apply(preview));
        terminal.err().println("Nothing was changed.");
        return ExitCode.OK;
    }
}
