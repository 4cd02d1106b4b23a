package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Credential;
import java.util.List;

/// Management credentials as people read them.
final class CredentialViews {
    private CredentialViews() {}

    static Table table(Terminal terminal, List<Credential> credentials) {
        Table table = new Table("NAME", "ROLE", "VALUE", "CREATED", "LAST USED", "ID");
        for (Credential credential : credentials) {
            table.row(
                    credential.name(),
                    credential.role(),
                    "..." + credential.valueHint(),
                    terminal.time(credential.createdAt()),
                    terminal.time(credential.lastUsedAt()),
                    credential.id());
        }
        return table;
    }

    /// The value stands on a line of its own, ready to be copied.
    static String created(Terminal terminal, Credential credential) {
        return facts(terminal, credential) + "\nThis is the credential's value. It is shown now and never again:\n\n"
                + credential.value() + "\n";
    }

    private static Facts facts(Terminal terminal, Credential credential) {
        return new Facts()
                .with("name", credential.name())
                .with("id", credential.id())
                .with("role", credential.role())
                .with("holder id", credential.holderId())
                .with("models", credential.modelIds() == null || credential.modelIds().isEmpty() ? null : credential.modelIds())
                .with("created", terminal.time(credential.createdAt()));
    }
}
