package dev.keyswitch.standalone.up;

import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch provision`: sets up the key holder of an account beside an API that runs elsewhere.
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = "Set up the account's default key holder in a folder: root key, pinned deployment, worker credential.")
public final class ProvisionCommand implements Callable<Integer> {

    @Option(names = "--url", required = true, description = "The API.")
    private @Nullable URI url;

    @Option(names = "--owner-credential-file", required = true, paramLabel = "FILE", description = "An OWNER credential.")
    private @Nullable Path ownerCredential;

    @Option(names = "--holder", required = true, paramLabel = "DIR", description = "The key holder's folder.")
    private @Nullable Path holder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (KeyswitchClient owner = KeyswitchClient.builder()
                .url(Objects.requireNonNull(url))
                .credential(Files.readString(Objects.requireNonNull(ownerCredential)).strip())
                .build()) {
            Provisioning.provision(owner, Objects.requireNonNull(holder));
            spec.commandLine().getOut().println("The key holder is set up in " + holder);
            return 0;
        } catch (RefusedStartException | IOException e) {
            err.println("keyswitch: " + e.getMessage());
            return 1;
        }
    }
}
