package dev.keyswitch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/// The root command.
@Command(
        name = "keyswitch",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Decides which user may query which encrypted AI model, and with which evaluation key.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  KEYSWITCH_URL         the API, for example http://127.0.0.1:8080",
            "  KEYSWITCH_CREDENTIAL  a management credential (ksm_...)",
            "  KEYSWITCH_ROOT_KEY    the key holder's root key (a file)",
            "  KEYSWITCH_TOKEN       the value of a token (kst_...), for 'self' alone",
            "  Without them, the Keyswitch that runs on this machine is used.",
            "",
            "The launcher ./keyswitch also knows: demo (a token's story, run), up (start everything here), provision,",
            "bench (measure this machine), torture (kill and cut off parts, then check that nothing was lost).",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not reachable, 4 waited in vain."
        })
public final class Keyswitch {
    /// Ends by returning when all is well: `System.exit` looks for a logger first, which takes longer than `--help`.
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int exitCode = run(args, out, err, System.getenv());
        out.flush();
        err.flush();
        if (exitCode != ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /// Runs one command inside this process.
    ///
    /// @return the exit code, see [ExitCode]
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> env) {
        return commandLine(args, out, err, env).execute(args);
    }

    /// The command for these arguments. Of the groups of commands, only the one that the arguments name is complete.
    ///
    /// @param more further subcommands, annotated objects: they print, fail and tell their version as all others do
    public static CommandLine commandLine(
            String[] args, PrintStream out, PrintStream err, Map<String, String> env, Object... more) {
        Terminal terminal = Terminal.of(out, err, env);
        Commands commands = new Commands(terminal);
        CommandLine command = new CommandLine(new Keyswitch(), commands);
        Group.addTo(command, commands, List.of(args));
        command.addSubcommand(BulkCommand.class);
        command.addSubcommand(SelfCommand.class);
        command.addSubcommand(WhoamiCommand.class);
        List.of(more).forEach(command::addSubcommand);
        command.addSubcommand(GenerateCompletion.class);
        addVersion(command.getCommandSpec(), new Version());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        command.setOut(new PrintWriter(out, true, out.charset()));
        command.setErr(new PrintWriter(err, true, err.charset()));
        Failures failures = new Failures(terminal);
        command.setExecutionExceptionHandler(failures);
        command.setParameterExceptionHandler(failures);
        return command;
    }

    private static void addVersion(CommandSpec spec, Version version) {
        spec.versionProvider(version);
        spec.subcommands().values().forEach(subcommand -> addVersion(subcommand.getCommandSpec(), version));
    }

    /// JSON is UTF-8 wherever it is printed, and names are in any script: the locale does not decide.
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
