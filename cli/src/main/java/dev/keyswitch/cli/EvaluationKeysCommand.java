package dev.keyswitch.cli;

import picocli.CommandLine.Command;

@Command(
        name = "evaluation-keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Evaluation keys: public key material that lets a model compute on a token's ciphertexts.",
        subcommands = {EvaluationKeysList.class, EvaluationKeysGet.class, EvaluationKeysDownload.class})
final class EvaluationKeysCommand {}
