package dev.keyswitch.cli;

import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.profile.InvalidProfileException;
import dev.keyswitch.sdk.ConnectionException;
import dev.keyswitch.sdk.EvaluationKeyNotReadyException;
import dev.keyswitch.sdk.EvaluationKeyNotReadyException.Reason;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.UnexpectedAnswerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// From exception to sentence and exit code, for every command.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        PrintStream err = terminal.err();
        err.println("keyswitch: " + Printable.text(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        return switch (e) {
            case ParameterException usage -> handleParseException(usage, new String[0]);
            case CommandException refused -> say(refused.exitCode(), sentence(e), refused.details());
            case KeyswitchException failed -> handle(failed);
            case InvalidProfileException invalid ->
                say(ExitCode.FAILED, "The model's encryption profile is not valid: " + sentence(e), List.of());
            case IOException io -> say(ExitCode.FAILED, sentence(io), List.of());
            default -> throw e;
        };
    }

    private int handle(KeyswitchException e) {
        List<String> request = e.requestId().isEmpty() ? List.of() : List.of("request " + e.requestId());
        return switch (e) {
            case ProblemException problem -> handle(problem);
            case ConnectionException connection -> say(ExitCode.UNREACHABLE, sentence(e), request);
            case UnexpectedAnswerException unexpected -> say(ExitCode.FAILED, sentence(e), request);
            case EvaluationKeyNotReadyException notReady ->
                say(
                        notReady.reason() == Reason.TIMED_OUT ? ExitCode.TIMED_OUT : ExitCode.FAILED,
                        sentence(e),
                        List.of());
        };
    }

    private int handle(ProblemException e) {
        PrintStream err = terminal.err();
        err.println("keyswitch: " + Printable.text(sentence(e)));
        for (FieldError error : e.problem().errors()) {
            String detail = Objects.equals(error.detail(), e.getMessage()) ? "" : ": " + Printable.text(error.detail());
            err.println("  " + Printable.text(error.pointer()) + detail);
        }
        if (e.is(ProblemCode.TOKEN_ALREADY_ASSIGNED)) {
            err.println("  'keyswitch tokens reassign' moves it.");
        }
        err.println("  request " + Printable.text(e.requestId()));
        boolean notReady = e.status() == 502 || e.status() == 503 || e.status() == 504;
        return notReady ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }

    private int say(int exitCode, String sentence, List<String> details) {
        terminal.err().println("keyswitch: " + Printable.text(sentence));
        details.forEach(detail -> terminal.err().println("  " + Printable.text(detail)));
        return exitCode;
    }

    private static String sentence(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException exists ->
                exists.getFile() + " exists already; nothing is overwritten. Choose another name.";
            case NoSuchFileException missing -> "There is no file or folder " + missing.getFile() + ".";
            case AccessDeniedException denied -> "No permission for " + denied.getFile() + ".";
            default -> sentence((Exception) e);
        };
    }

    private static String sentence(Exception e) {
        return Objects.requireNonNullElseGet(e.getMessage(), () -> e.getClass().getSimpleName());
    }
}
