package dev.keyswitch.cli;

import java.util.List;

/// This command itself refuses, with a sentence for the person and an exit code.
final class CommandException extends RuntimeException {
    private final int exitCode;
    private final transient List<String> details;

    private CommandException(int exitCode, String sentence, List<String> details) {
        super(sentence);
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
    }

    static CommandException usage(String sentence, String... details) {
        return new CommandException(ExitCode.USAGE, sentence, List.of(details));
    }

    static CommandException usage(String sentence, List<String> details) {
        return new CommandException(ExitCode.USAGE, sentence, details);
    }

    static CommandException refused(String sentence, String... details) {
        return new CommandException(ExitCode.FAILED, sentence, List.of(details));
    }

    int exitCode() {
        return exitCode;
    }

    /// Further lines below the sentence.
    List<String> details() {
        return details;
    }
}
