package dev.keyswitch.standalone.torture;

import dev.keyswitch.access.AccessView;
import dev.keyswitch.api.access.AccessReconciliation;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.demo.KeyProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Waits until everything has come to rest, and compares what there is with what was promised.
final class Checker {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Ledger ledger;
    private final List<String> breaches = new ArrayList<>();

    Checker(Cluster cluster, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
    }

    /// In words; empty if all holds.
    List<String> breaches() throws Exception {
        try (KeyswitchClient owner = cluster.owner();
                Connection database = cluster.database()) {
            learnValues(owner);
            await("every event is published", () -> count(database, """
                    select count(*) from outbox where published_at is null
                    """) == 0);
            await("every assigned token has its key", () -> count(database, """
                    select count(*) from token t where t.model_id is not null and not exists (
                        select from evaluation_key k where k.token_id = t.id and k.model_id = t.model_id
                            and k.generation = t.active_generation and k.state = 'READY')
                    """) == 0);
            await("every move that waited has come to its end", () -> count(database, """
                    select count(*) from token where pending_model_id is not null
                    """) == 0);
            require(!ledger.promises().isEmpty(), "no change was ever answered, so nothing is proved");
            promisesSurvive(database);
            oneAssignmentPerToken(database);
            eventsAreComplete(database);
            auditEqualsHistory(database);
            keysAreRight(owner);
            accessIsTheTruth(owner, database);
            await("no bytes are left over", () -> leftovers(database).isEmpty());
        }
        return breaches;
    }

    /// A roll without an answer may have been carried out: only another one tells.
    private void learnValues(KeyswitchClient owner) {
        for (UUID token : ledger.tokens()) {
            if (!ledger.isValueKnown(token)) {
                ledger.rolled(token, Objects.requireNonNull(owner.tokens().roll(token, Duration.ZERO).value()));
            }
        }
    }

    private void promisesSurvive(Connection database) throws SQLException {
        for (Ledger.Promise promise : ledger.promises()) {
            require(
                    switch (promise) {
                        case Ledger.Promise.Belongs belongs -> isKept(database, belongs);
                        case Ledger.Promise.WillMove move -> isKept(database, move);
                    },
                    "a promise was not kept: " + promise);
            require(
                    count(database, "select count(*) from token where id = ? and generation >= ?",
                            promise.token(), promise.generation()) == 1,
                    "a generation was turned back: " + promise);
        }
    }

    private static boolean isKept(Connection database, Ledger.Promise.Belongs promise) throws SQLException {
        if (promise.model().isEmpty()) {
            return count(database, """
                    select count(*) from assignment where token_id = ? and generation <= ? and ended_at is null
                    """, promise.token(), promise.generation()) == 0;
        }
        return strings(database, """
                select model_id::text from assignment where token_id = ? and generation <= ? order by generation desc limit 1
                """, promise.token(), promise.generation()).equals(List.of(promise.model().get().toString()));
    }

    /// It may have been replaced by something newer, or canceled, whereby its key was revoked.
    private static boolean isKept(Connection database, Ledger.Promise.WillMove promise) throws SQLException {
        boolean replaced = count(database, "select count(*) from token where id = ? and generation > ?",
                        promise.token(), promise.generation()) == 1
                || count(database, "select count(*) from evaluation_key where token_id = ? and generation = ? and state = 'REVOKED'",
                        promise.token(), promise.generation()) == 1;
        List<String> moved = strings(database, "select model_id::text from assignment where token_id = ? and generation = ?",
                promise.token(), promise.generation());
        return moved.equals(List.of(promise.model().toString())) || (replaced && moved.isEmpty());
    }

    private void oneAssignmentPerToken(Connection database) throws SQLException {
        for (String token : strings(database, """
                select t.id::text from token t
                where (select count(*) from assignment a where a.token_id = t.id and a.ended_at is null)
                        <> (case when t.model_id is null then 0 else 1 end)
                    or t.model_id is distinct from (
                        select a.model_id from assignment a where a.token_id = t.id and a.ended_at is null)
                """)) {
            breaches.add("token " + token + " has another assignment than its row says");
        }
    }

    /// Every committed change has its event in Kafka, and those of a token stand in the order of its changes.
    private void eventsAreComplete(Connection database) throws SQLException {
        EventLog log = EventLog.read(cluster.kafka(), Topics.tokens(Cluster.ACCOUNT));
        breaches.addAll(log.positionBreaches());
        for (UUID token : ledger.tokens()) {
            List<String> wanted = strings(database, """
                    select event_id::text from outbox where record_key = ? and topic like '%.tokens' order by id
                    """, token.toString());
            require(wanted.equals(log.of(token.toString())), "token " + token + " has other events in Kafka, or in another order");
        }
        for (String change : strings(database, """
                select a.token_id || ' ' || a.action from (
                    select token_id, case action when 'token.move-requested' then 'token.reassigned'
                        when 'token.moved' then 'token.updated' when 'token.move-canceled' then 'token.updated' else action end as action,
                        count(*) n
                    from audit where action like 'token.%' group by 1, 2) a
                left join (
                    select record_key, type, count(*) n from outbox where topic like '%.tokens' group by 1, 2) e
                    on e.record_key = a.token_id::text and e.type = 'dev.keyswitch.' || a.action || '.v1'
                where e.n is distinct from a.n
                """)) {
            breaches.add("a change and its events differ in number: " + change);
        }
    }

    private void auditEqualsHistory(Connection database) throws SQLException {
        for (String token : strings(database, """
                select h.token_id::text from (
                    select token_id, count(*) begun, count(ended_at) ended from assignment group by 1) h
                join (
                    select token_id, count(*) filter (where action in ('token.assigned', 'token.reassigned', 'token.moved')) begun,
                        count(*) filter (where action in ('token.unassigned', 'token.reassigned', 'token.moved')) ended
                    from audit group by 1) a on a.token_id = h.token_id
                where (h.begun, h.ended) is distinct from (a.begun, a.ended)
                """)) {
            breaches.add("the audit trail of token " + token + " tells another history");
        }
    }

    /// The key in force belongs to the active generation, has the bytes its digest names, and decrypts with the holder's secret.
    private void keysAreRight(KeyswitchClient owner) throws Exception {
        KeyProof proof = new KeyProof(
                owner, cluster.holder().resolve("root.key"), owner.account().deploymentId());
        for (UUID id : ledger.tokens()) {
            Token token = owner.tokens().get(id);
            EvaluationKey key = token.evaluationKey();
            if (token.modelId() == null || key == null) {
                continue;
            }
            try {
                require(
                        key.state() == EvaluationKeyState.READY && Long.valueOf(key.generation()).equals(token.activeGeneration()),
                        "token " + id + " has a key of another generation in force");
                proof.prove(key, owner.models().get(token.modelId()));
            } catch (IOException | RuntimeException e) {
                breaches.add("the key of token " + id + " is wrong: " + e.getMessage());
            }
        }
    }

    private void accessIsTheTruth(KeyswitchClient owner, Connection database) throws Exception {
        new AccessReconciliation(database, cluster.kafka(), Cluster.ACCOUNT)
                .differences()
                .forEach(difference -> breaches.add("the access topic differs: " + difference));
        List<UUID> models = strings(database, "select id::text from model").stream().map(UUID::fromString).toList();
        try (AccessView view = AccessView.builder()
                .bootstrapServers(cluster.kafka())
                .account(Cluster.ACCOUNT)
                .open()) {
            await("the access view is current", view::isCurrent);
            for (UUID token : ledger.tokens()) {
                for (UUID model : models) {
                    Introspection truth = owner.introspect(ledger.value(token), model);
                    require(
                            view.mayQuery(ledger.value(token), model).allowed() == truth.active(),
                            "the access view differs from introspection for token " + token + " and model " + model);
                    for (String former : ledger.formerValues(token)) {
                        require(
                                !view.mayQuery(former, model).allowed() && !owner.introspect(former, model).active(),
                                "a value that was rolled away still lets token " + token + " query");
                    }
                }
            }
        }
    }

    /// Files in the store that no row names.
    private Set<String> leftovers(Connection database) throws Exception {
        List<String> named = strings(database, "select stored_as from evaluation_key where stored_as is not null");
        try (Stream<Path> files = Files.walk(cluster.store())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("uploads.lock") && !named.contains(name))
                    .collect(Collectors.toSet());
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            breaches.add(otherwise);
        }
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                breaches.add("it did not come about that " + what);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long count(Connection database, String sql, Object... parameters) throws SQLException {
        return Long.parseLong(strings(database, sql, parameters).getFirst());
    }

    private static List<String> strings(Connection database, String sql, Object... parameters) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
