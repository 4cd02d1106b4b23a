package dev.keyswitch.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Indexes that are gone while very many rows are written, and are made anew afterwards as they were: faster, and as they are after a vacuum. Unique
/// ones stay.
public final class SetAsideIndexes {

    private final Connection database;
    private final List<String> definitions;

    private SetAsideIndexes(Connection database, List<String> definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    /// Drops them.
    public static SetAsideIndexes of(Connection database, String... tables) throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (PreparedStatement find = database.prepareStatement("""
                select format('drop index %I', c.relname), pg_get_indexdef(c.oid),
                    coalesce((
                        select string_agg(format('; alter index %I alter column %s set statistics %s', c.relname, a.attnum, a.attstattarget), '')
                        from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0), '')
                from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
                where t.relname = any(?) and not i.indisunique
                """)) {
            find.setArray(1, database.createArrayOf("text", tables));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    drops.add(rows.getString(1));
                    definitions.add(rows.getString(2) + rows.getString(3));
                }
            }
        }
        execute(database, drops);
        return new SetAsideIndexes(database, definitions);
    }

    public void makeAnew() throws SQLException {
        execute(database, definitions);
    }

    private static void execute(Connection database, List<String> commands) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
