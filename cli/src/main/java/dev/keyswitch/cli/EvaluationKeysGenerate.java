package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Make the evaluation key that a token waits for on this machine, from the holder's root key, and upload it.",
            "For tokens whose keys the holder makes itself (custody holder). The root key and the secret key stay here."
        })
final class EvaluationKeysGenerate implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "Its id, or its name if that is unique.")
    private String token = "";

    @Mixin
    private OutputOption output = new OutputOption();

    EvaluationKeysGenerate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = new Configuration(terminal);
        try (HolderRoot root = HolderRoot.open(configuration.rootKey());
                KeyswitchClient client = configuration.connect()) {
            root.refuseOtherDeployment(client.whoami().deploymentId());
            EvaluationKey wanted = wanted(new Lookup(client).token(token));
            EvaluationKey ready = new KeyMaking(terminal, client, root).make(wanted);
            output.print(terminal, ready, () -> EvaluationKeyViews.facts(terminal, ready));
        }
        return ExitCode.OK;
    }

    /// That of a move that waits, or else of the present assignment.
    private static EvaluationKey wanted(Token token) {
        if (token.custody() != Custody.HOLDER) {
            throw CommandException.refused(
                    "An agent of the key holder makes the keys of the token " + token.name() + " by itself.",
                    "'keyswitch tokens update TOKEN --custody holder' changes that.");
        }
        EvaluationKey key = token.pendingReassignment() == null
                ? token.evaluationKey()
                : token.pendingReassignment().evaluationKey();
        if (key == null) {
            throw CommandException.refused("The token " + token.name() + " waits for no evaluation key: it is not assigned.");
        }
        if (key.state() == EvaluationKeyState.FAILED) {
            throw CommandException.refused(
                    "The evaluation key failed: " + key.failure(), "'keyswitch evaluation-keys retry " + key.id() + "' asks for it again.");
        }
        if (key.state() != EvaluationKeyState.REQUESTED && key.state() != EvaluationKeyState.GENERATING) {
            throw CommandException.refused("The evaluation key of the token " + token.name() + " is " + key.state() + "; there is nothing to make.");
        }
        return key;
    }
}
