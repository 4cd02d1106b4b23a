package dev.keyswitch.api.overview;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.contract.account.Overview;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Counts, each along an index and only up to [Overview#MOST]: the cost does not grow with the account.
@Singleton
class Overviews {

    private static final Duration SOON = Duration.ofDays(7);
    private static final Duration LATELY = Duration.ofHours(1);

    private static final String MODELS = "model where account_id = ? and deleted_at is null and status = ";
    private static final String TOKENS = "token where account_id = ? and deleted_at is null";
    private static final String KEYS = "evaluation_key where account_id = ? and state = ";

    private final JdbcOperations database;
    private final Clock clock;

    Overviews(JdbcOperations database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @ReadOnly
    Overview of(AccountId account) {
        Instant now = clock.instant();
        Timestamp at = Timestamp.from(now);
        Counts counts = new Counts(account);
        counts.add(MODELS + "'ACTIVE'");
        counts.add(MODELS + "'INACTIVE'");
        counts.add(TOKENS);
        counts.add(TOKENS + " and model_id is null and status <> 'CANCELED' and expires_at > ?", at);
        counts.add(TOKENS + " and status <> 'ACTIVE' and status = 'SUSPENDED'");
        counts.add(TOKENS + " and status <> 'ACTIVE' and status = 'CANCELED'");
        counts.add(TOKENS + " and expires_at <= ?", at);
        counts.add(TOKENS + " and expires_at > ? and expires_at <= ?", at, Timestamp.from(now.plus(SOON)));
        counts.add(KEYS + "'REQUESTED'");
        counts.add(KEYS + "'GENERATING'");
        counts.add(KEYS + "'FAILED'");
        counts.add("evaluation_key where account_id = ? and ready_at > ?", Timestamp.from(now.minus(LATELY)));
        counts.waitingSince();
        return database.prepareStatement(counts.sql(), statement -> {
            for (int i = 0; i < counts.values.size(); i++) {
                statement.setObject(i + 1, counts.values.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return overview(row);
            }
        });
    }

    private static Overview overview(ResultSet row) throws SQLException {
        Timestamp waitingSince = row.getTimestamp(13);
        return new Overview(
                new Overview.Models(row.getLong(1), row.getLong(2)),
                new Overview.Tokens(
                        row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8)),
                new Overview.Keys(
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getLong(12),
                        waitingSince == null ? null : waitingSince.toInstant()));
    }

    /// One statement, so that the numbers are of one moment.
    private static final class Counts {

        private final AccountId account;
        private final List<String> columns = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        private Counts(AccountId account) {
            this.account = account;
        }

        /// @param rows a table and its condition, of which the first value is the account
        private void add(String rows, Object... more) {
            columns.add("(select count(*) from (select 1 from " + rows + " limit " + Overview.MOST + ") counted)");
            values.add(account.value());
            values.addAll(List.of(more));
        }

        /// Among as many as are counted. Those of custody HOLDER wait for a person.
        private void waitingSince() {
            columns.add("(select min(requested_at) filter (where custody = 'AGENT') from (select requested_at, custody from "
                    + KEYS + "'REQUESTED' order by id limit " + Overview.MOST + ") counted)");
            values.add(account.value());
        }

        private String sql() {
            return "select " + String.join(",\n", columns);
        }
    }
}
