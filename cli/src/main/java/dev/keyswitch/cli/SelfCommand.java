package dev.keyswitch.cli;

import dev.keyswitch.contract.access.Self;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "self",
        mixinStandardHelpOptions = true,
        description = {
            "Show what the value of a token opens: its model, and whether it may query it now. The value is taken from the",
            "environment variable KEYSWITCH_TOKEN, and no credential is needed. The exit code is 1 if it may not."
        })
final class SelfCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOption output = new OutputOption();

    SelfCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String value = terminal.setting("KEYSWITCH_TOKEN")
                .orElseThrow(() -> CommandException.usage(
                        "There is no token to ask with.", "Set KEYSWITCH_TOKEN to the token's value (kst_...)."));
        try (KeyswitchClient client = new Configuration(terminal).connectWith(value)) {
            Self self = client.self(value);
            output.print(terminal, self, () -> facts(self));
            return self.active() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private Facts facts(Self self) {
        return new Facts()
                .with("token", self.name())
                .with("token id", self.tokenId())
                .with("may query", self.active() ? "yes" : "no: " + self.reason())
                .with("status", self.status())
                .with("expires", terminal.time(self.expiresAt()))
                .with("model", self.modelName())
                .with("model id", self.modelId())
                .with("generation", self.generation())
                .with("evaluation key id", self.evaluationKey() == null ? null : self.evaluationKey().id())
                .with("holder id", self.holderId())
                .with("deployment id", self.deploymentId());
    }
}
