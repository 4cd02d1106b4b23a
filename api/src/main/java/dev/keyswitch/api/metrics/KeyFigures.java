package dev.keyswitch.api.metrics;

import dev.keyswitch.api.health.OutboxBacklog;
import dev.keyswitch.api.outbox.OutboxRelay;
import dev.keyswitch.api.outbox.RelayStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/// What Keyswitch tells beyond the usual figures of a Java server. Asked of the database with every reading, in bounded time; while it is
/// away, they are NaN.
@Singleton
@Requires(beans = MeterRegistry.class)
final class KeyFigures implements MeterBinder {

    private static final int MOST = 10_000;

    // Providers, for the pool of connections wants to be measured, too: its figures come before it.
    private final BeanProvider<OutboxBacklog> outbox;
    private final BeanProvider<OutboxRelay> relay;
    private final BeanProvider<JdbcOperations> database;
    private final BeanProvider<TransactionOperations<Connection>> transactions;

    KeyFigures(
            BeanProvider<OutboxBacklog> outbox,
            BeanProvider<OutboxRelay> relay,
            BeanProvider<JdbcOperations> database,
            BeanProvider<TransactionOperations<Connection>> transactions) {
        this.outbox = outbox;
        this.relay = relay;
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "keyswitch.outbox.waiting", "Events to be published, counted to 10,000", () -> outbox.get().read().waiting());
        gauge(registry, "keyswitch.outbox.oldest", "Seconds the oldest of them has been waiting", () -> outbox.get().read().oldestSeconds());
        gauge(registry, "keyswitch.outbox.parked", "Events that could not be published, for a person to look at", () -> outbox.get().read().parked());
        for (String state : new String[] {"REQUESTED", "GENERATING", "FAILED"}) {
            Gauge.builder("keyswitch.evaluation.keys", () -> orNaN(() -> count(state)))
                    .description("Evaluation keys that are to be made, over all accounts, each state counted to 10,000")
                    .tag("state", state)
                    .register(registry);
        }
        for (RelayStatus.State state : RelayStatus.State.values()) {
            Gauge.builder("keyswitch.relay.state", () -> relay.get().status().state() == state ? 1 : 0)
                    .description("1 for the state of this node's relay")
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Long> figure) {
        Gauge.builder(name, () -> orNaN(figure)).description(description).register(registry);
    }

    private static double orNaN(Supplier<Long> figure) {
        try {
            return figure.get();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    private long count(String state) {
        String sql = "select count(*) from (select 1 from evaluation_key where state = ? limit " + MOST + ") counted";
        return transactions.get().executeRead(status -> database.get().prepareStatement(sql, statement -> {
            statement.setString(1, state);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }));
    }
}
