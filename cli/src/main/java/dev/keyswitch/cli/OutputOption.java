package dev.keyswitch.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// `-o table|json`: for people or for scripts.
final class OutputOption {
    enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "table|json",
            description = "For people (table, the default) or for scripts (json: one document, as the API answered).")
    private Format format = Format.TABLE;

    boolean isJson() {
        return format == Format.JSON;
    }

    /// @param document what the API answered
    /// @param forPeople lines that end with a line feed
    void print(Terminal terminal, Object document, Supplier<?> forPeople) {
        terminal.out().print(isJson() ? JsonDocument.of(document) : forPeople.get());
        terminal.out().flush();
    }
}
