package dev.keyswitch.cli;

import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.sdk.KeyswitchClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create a management credential. Its value is shown once, here, and never again.")
final class CredentialsCreate implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "For people: whose it is.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "owner|operator|viewer|agent|gateway",
            description = "What it may do.")
    private Role role = Role.VIEWER;

    @Option(names = "--holder", paramLabel = "HOLDER", description = "The key holder of an agent (id or name).")
    private @Nullable String holder;

    @Option(names = "--model", paramLabel = "MODEL", description = "Bind a gateway to this model (id or name); may be repeated.")
    private List<String> models = List.of();

    @Mixin
    private OutputOption output = new OutputOption();

    CredentialsCreate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (KeyswitchClient client = new Configuration(terminal).connect()) {
            Lookup lookup = new Lookup(client);
            UUID holderId = holder == null ? null : lookup.holder(holder).id();
            List<UUID> modelIds = models.stream().map(model -> lookup.model(model).id()).toList();
            Credential created = client.credentials()
                    .create(new CreateCredential(name, role, holderId, modelIds.isEmpty() ? null : modelIds));
            output.print(terminal, created, () -> CredentialViews.created(terminal, created));
        }
        return ExitCode.OK;
    }
}
