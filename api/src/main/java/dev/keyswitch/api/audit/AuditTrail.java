package dev.keyswitch.api.audit;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the audit trail, from the newest change to the oldest. A page is cut by time, so it costs the same wherever it is.
@Singleton
class AuditTrail {

    private final JdbcOperations database;

    AuditTrail(JdbcOperations database) {
        this.database = database;
    }

    @ReadOnly
    Page<AuditedChange> list(AccountId account, AuditFilter filter, int limit, @Nullable AuditCursor cursor) {
        List<AuditRow> found = read(new Conditions(account, filter, cursor), limit + 1, cursor == null ? 0 : cursor.shown());
        List<AuditRow> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                page.stream().map(AuditRow::toContract).toList(),
                found.size() > limit ? AuditCursor.after(cursor, page).toString() : null);
    }

    private List<AuditRow> read(Conditions conditions, int limit, int skipped) {
        String sql = "select * from audit where " + String.join(" and ", conditions.sql) + " order by at desc, id desc limit " + limit
                + " offset " + skipped;
        return database.prepareStatement(sql, statement -> {
            for (int i = 0; i < conditions.values.size(); i++) {
                statement.setObject(i + 1, conditions.values.get(i));
            }
            try (ResultSet rows = statement.executeQuery();
                    Stream<AuditRow> read = database.entityStream(rows, AuditRow.class)) {
                return read.toList();
            }
        });
    }

    /// Only those that are asked for: the planner must see which index serves them.
    private static final class Conditions {

        private final List<String> sql = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        private Conditions(AccountId account, AuditFilter filter, @Nullable AuditCursor cursor) {
            and("account_id = ?", account.value());
            and("token_id = ?", filter.token());
            and("model_id = ?", filter.model());
            and("action = ?", filter.action());
            if (filter.actorId() == null) {
                and("by_name = ?", filter.actor());
            } else {
                and("by_credential = ?", filter.actorId());
            }
            and("at >= ?", filter.from() == null ? null : Timestamp.from(filter.from()));
            and("at < ?", filter.to() == null ? null : Timestamp.from(filter.to()));
            and("at <= ?", cursor == null ? null : Timestamp.from(cursor.at()));
        }

        private void and(String condition, @Nullable Object value) {
            if (value != null) {
                sql.add(condition);
                values.add(value);
            }
        }
    }
}
