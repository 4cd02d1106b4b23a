package dev.keyswitch.standalone.bench;

import picocli.CommandLine.Command;

/// `keyswitch bench …`: what is fast enough, and how fast it is here.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure, on real parts and on this machine.",
        subcommands = {EventsBench.class, AccessBench.class})
public final class BenchCommand {}
