package dev.keyswitch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;

/// The root command.
@Command(
        name = "keyswitch",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Decides which user may query which encrypted AI model, and with which evaluation key.",
        subcommands = {
            ModelsCommand.class,
            TokensCommand.class,
            EvaluationKeysCommand.class,
            HolderCommand.class,
            WhoamiCommand.class,
            GenerateCompletion.class
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  KEYSWITCH_URL         the API, for example http://127.0.0.1:8080",
            "  KEYSWITCH_CREDENTIAL  a management credential (ksm_...)",
            "  KEYSWITCH_ROOT_KEY    the key holder's root key (a file)",
            "  Without them, the Keyswitch that runs on this machine is used.",
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not reachable, 4 waited in vain."
        })
public final class Keyswitch {
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int exitCode = run(args, out, err, System.getenv());
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /// Runs one command inside this process.
    ///
    /// @return the exit code, see [ExitCode]
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> env) {
        return commandLine(out, err, env).execute(args);
    }

    /// The whole command, for those who add subcommands of their own (`addSubcommand`) before they execute it.
    public static CommandLine commandLine(PrintStream out, PrintStream err, Map<String, String> env) {
        Terminal terminal = Terminal.of(out, err, env);
        CommandLine command = new CommandLine(new Keyswitch(), new Commands(terminal));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        Failures failures = new Failures(terminal);
        command.setExecutionExceptionHandler(failures);
        command.setParameterExceptionHandler(failures);
        return command;
    }

    /// JSON is UTF-8 wherever it is printed, and names are in any script: the locale does not decide.
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
