package dev.keyswitch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Models and their encryption profiles.",
        subcommands = {
            ModelsCreate.class,
            ModelsList.class,
            ModelsGet.class,
            ModelsEncryptionParameters.class
        })
final class ModelsCommand {}
