package dev.keyswitch.standalone.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `keyswitch bench`: how fast this machine is.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure this machine.",
        subcommands = KeygenBench.class)
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to measure: bench keygen.");
    }
}
