package dev.keyswitch.standalone.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `keyswitch bench …`: what is fast enough, and how fast it is here.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure, on real parts and on this machine.",
        subcommands = {KeygenBench.class, ApiBench.class, EventsBench.class, AccessBench.class})
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to measure: keygen, api, events or access.");
    }
}
