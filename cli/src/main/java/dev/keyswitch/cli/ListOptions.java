package dev.keyswitch.cli;

import dev.keyswitch.contract.value.Page;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much of a list is shown. One page by default, with a hint at more; `--all` for the rest.
final class ListOptions {
    private static final int LARGEST_PAGE = 200;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "At most so many, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a page before ended.")
    private @Nullable String cursor;

    @Option(names = "--all", description = "Everything, page by page.")
    private boolean all;

    /// @throws CommandException if it is out of range
    int limit() {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw CommandException.usage("--limit is 1 to " + LARGEST_PAGE + ".");
        }
        return all ? LARGEST_PAGE : limit;
    }

    @Nullable
    String cursor() {
        return cursor;
    }

    /// @param everything all pages from the query's cursor on
    <Q, T> Page<T> fetch(Q query, Function<Q, Page<T>> page, Function<Q, Stream<T>> everything) {
        return all ? new Page<>(everything.apply(query).toList(), null) : page.apply(query);
    }

    /// Says on `err` that there is more, or nothing.
    private void hint(Terminal terminal, Page<?> page) {
        if (page.nextCursor() != null) {
            terminal.err().println("There are more: --all, or --cursor " + Printable.text(page.nextCursor()));
        } else if (page.items().isEmpty()) {
            terminal.err().println("There are none.");
        }
    }

    /// Prints the page in the chosen form.
    <T> void print(Terminal terminal, OutputOption output, Page<T> page, Function<List<T>, Table> table) {
        output.print(terminal, page, () -> table.apply(page.items()));
        if (!output.isJson()) {
            hint(terminal, page);
        }
    }
}
