package dev.keyswitch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "User access tokens and their assignment to models.",
        subcommands = {
            TokensCreate.class,
            TokensList.class,
            TokensGet.class,
            TokensAssign.class,
            TokensReassign.class,
            TokensUnassign.class
        })
final class TokensCommand {}
