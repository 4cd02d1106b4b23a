package dev.keyswitch.cli;

import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RootKeyRotation;
import dev.keyswitch.keygen.RootKeyExchange;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "rotate-root-key",
        mixinStandardHelpOptions = true,
        description = {
            "Replace the root key: write a new one into its file, tell the provider its fingerprint, and so have all evaluation keys made again.",
            "The former root key is kept beside it. After a failure, run the command again."
        })
final class HolderRotateRootKey implements Callable<Integer> {
    private final Terminal terminal;

    HolderRotateRootKey(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = new Configuration(terminal);
        Path file = configuration.rootKey();
        RootKeyExchange exchange = new RootKeyExchange(file);
        try (HolderRoot root = HolderRoot.open(file);
                KeyswitchClient client = configuration.connect()) {
            root.refuseOtherDeployment(client.whoami().deploymentId());
            Holder holder = holder(client, file, root.key().fingerprint(), exchange);
            Holder rotated = client.holders().rotateRootKey(holder.id(), exchange.prepare(new SecureRandom()));
            Path former = exchange.complete();
            terminal.err().println("The key holder " + Printable.text(rotated.name()) + " has a new root key in " + file
                    + "; the former one is kept as " + former + ", for it alone decrypts what was encrypted before.");
            terminal.err().println(consequence(rotated.rotation()));
        }
        return ExitCode.OK;
    }

    /// The one of which this is the root key; after a crash it may have been told of the next one already.
    private static Holder holder(
            KeyswitchClient client, Path file, String present, RootKeyExchange exchange) throws IOException {
        String next = exchange.prepared().orElse(present);
        return client.holders().list().stream()
                .filter(holder -> present.equals(holder.rootFingerprint()) || next.equals(holder.rootFingerprint()))
                .findFirst()
                .orElseThrow(() -> CommandException.refused(
                        "No key holder of this account has the root key in " + file + ": its fingerprint is " + present + "."));
    }

    private static String consequence(@Nullable RootKeyRotation rotation) {
        return rotation == null
                ? "No evaluation key has to be made again."
                : "The evaluation keys of " + rotation.total() + " assigned tokens are made again, some at a time.";
    }
}
