package dev.keyswitch.cli;

import dev.keyswitch.contract.holder.Holder;
import java.util.List;

/// Key holders as people read them.
final class HolderViews {
    private HolderViews() {}

    static Table table(Terminal terminal, List<Holder> holders) {
        Table table = new Table("NAME", "DEFAULT", "ROOT KEY", "CREATED", "ID");
        for (Holder holder : holders) {
            table.row(
                    holder.name(),
                    holder.isDefault() ? "yes" : null,
                    holder.rootFingerprint() == null ? null : holder.rootFingerprint().substring(0, 16) + "...",
                    terminal.time(holder.createdAt()),
                    holder.id());
        }
        return table;
    }

    static Facts facts(Terminal terminal, Holder holder) {
        return new Facts()
                .with("name", holder.name())
                .with("id", holder.id())
                .with("default", holder.isDefault() ? "yes" : "no")
                .with("root fingerprint", holder.rootFingerprint() == null ? "not told yet" : holder.rootFingerprint())
                .with("created", terminal.time(holder.createdAt()));
    }
}
