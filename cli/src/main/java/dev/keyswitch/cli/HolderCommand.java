package dev.keyswitch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "holder",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Key files for the key holder's own SEAL program, made here from the root key.",
        subcommands = {HolderSecretKey.class, HolderPublicKey.class})
final class HolderCommand {}
