package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--wait`: stay until the evaluation key of the token's assignment is READY, and show how it comes along.
final class WaitOptions {
    @Option(names = "--wait", description = "Wait until the evaluation key is READY, and show its progress.")
    private boolean wanted;

    @Option(
            names = "--timeout",
            defaultValue = "10m",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long --wait waits: 90s, 10m, 2h (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(10);

    boolean isWanted() {
        return wanted;
    }

    /// @param assigned as the API answered it
    /// @return the token as it is then, or `assigned` if nobody wants to wait
    Token untilReady(Terminal terminal, KeyswitchClient client, Token assigned) {
        if (!wanted) {
            return assigned;
        }
        if (assigned.custody() == Custody.HOLDER) {
            terminal.err().println("The key holder makes this evaluation key itself; waiting for it.");
        }
        try (Progress progress = new Progress(terminal)) {
            client.tokens().awaitReady(assigned, timeout, progress::show);
        }
        return client.tokens().get(assigned.id());
    }

    /// A line for each state; where a person looks on, the percentage as well, in one line that is written over.
    static final class Progress implements AutoCloseable {
        private final Terminal terminal;
        private final boolean interactive;
        private String shown = "";

        Progress(Terminal terminal) {
            this.terminal = terminal;
            this.interactive = terminal.isInteractive();
        }

        void show(EvaluationKey key) {
            String line = "evaluation key " + key.state();
            if (interactive && key.state() == EvaluationKeyState.GENERATING) {
                line += " " + key.progressPercent() + " %";
            }
            if (line.equals(shown)) {
                return;
            }
            if (interactive) {
                terminal.err().print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
                terminal.err().flush();
            } else {
                terminal.err().println(line);
            }
            shown = line;
        }

        @Override
        public void close() {
            if (interactive && !shown.isEmpty()) {
                terminal.err().println();
            }
        }
    }

    static final class TimeConverter implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,7})([smh]?)");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("'" + text + "' is not a time such as 90s, 10m or 2h");
            }
            long amount = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofSeconds(amount);
            };
        }
    }
}
