package dev.keyswitch.standalone;

import dev.keyswitch.cli.Keyswitch;
import dev.keyswitch.standalone.bench.BenchCommand;
import dev.keyswitch.standalone.demo.DemoCommand;
import dev.keyswitch.standalone.up.ProvisionCommand;
import dev.keyswitch.standalone.up.UpCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The CLI with the commands that need the whole system.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        Map<String, String> environment = System.getenv();
        int exitCode = Keyswitch.commandLine(
                        args,
                        out,
                        err,
                        environment,
                        new UpCommand(environment),
                        new DemoCommand(environment),
                        new ProvisionCommand(),
                        new BenchCommand())
                .execute(args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
