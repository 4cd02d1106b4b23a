package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.access.AccessDecision;
import dev.keyswitch.access.AccessDecision.Reason;
import dev.keyswitch.access.AccessView;
import dev.keyswitch.api.access.AccessReconciliation;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.DataFolder;
import dev.keyswitch.standalone.up.LocalSystem;
import dev.keyswitch.standalone.up.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A model server's view beside the whole system: it says what introspection says, soon after every change.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessViewIT {

    private DataFolder data;
    private LocalSystem system;
    private KeyswitchClient owner;
    private Connection database;
    private AccessView view;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        data = DataFolder.open(folder.resolve("data"));
        system = LocalSystem.start(data, Ports.ANY);
        owner = KeyswitchClient.builder()
                .url(system.api())
                .credential(Files.readString(data.ownerCredential()).strip())
                .build();
        LocalSystem.Inside inside = system.inside();
        database = DriverManager.getConnection(inside.databaseUrl(), inside.databaseUser(), inside.databasePassword());
        view = view();
    }

    @AfterAll
    void stop() throws Exception {
        view.close();
        database.close();
        owner.close();
        system.close();
        data.close();
    }

    @Test
    void followsATokenThroughItsLife() throws Exception {
        UUID one = Workload.smallModel(owner, "one").id();
        UUID other = Workload.smallModel(owner, "other").id();
        Token token = Workload.token(owner, "followed");
        await(view::isCurrent);
        assertThat(ask(view, token, one).reason()).isEqualTo(Reason.UNKNOWN);

        owner.tokens().assign(token.id(), one);
        UUID first = Workload.awaitReady(owner, token.id()).id();
        await(() -> ask(view, token, one).allowed());
        assertThat(ask(view, token, one).evaluationKeyId()).isEqualTo(first);
        assertThat(ask(view, token, other).reason()).isEqualTo(Reason.OTHER_MODEL);

        owner.tokens().reassign(token.id(), other);
        await(() -> !ask(view, token, one).allowed());
        UUID second = Workload.awaitReady(owner, token.id()).id();
        await(() -> ask(view, token, other).allowed());
        assertThat(view.mayQuery(token.value(), other, first).reason()).isEqualTo(Reason.OTHER_EVALUATION_KEY);
        assertThat(view.mayQuery(token.value(), other, second).allowed()).isTrue();

        execute("update model set status = 'INACTIVE' where id = '" + other + "'");
        await(() -> ask(view, token, other).reason() == Reason.MODEL_INACTIVE);
        execute("update model set status = 'ACTIVE' where id = '" + other + "'");
        await(() -> ask(view, token, other).allowed());
        execute("update account set suspended_at = now() where slug = 'default'");
        await(() -> ask(view, token, other).reason() == Reason.MODEL_INACTIVE);
        assertThat(reconciliation().differences()).isEmpty();
        execute("update account set suspended_at = null where slug = 'default'");
        await(() -> ask(view, token, other).allowed());
        execute("update token set status = 'SUSPENDED' where id = '" + token.id() + "'");
        await(() -> ask(view, token, other).reason() == Reason.TOKEN_SUSPENDED);

        owner.tokens().unassign(token.id());
        await(() -> !ask(view, token, other).allowed());
        owner.tokens().delete(token.id());
        await(() -> ask(view, token, other).reason() == Reason.TOKEN_ENDED);
        assertThat(reconciliation().differences()).isEmpty();
    }

    @Test
    void isTheSameWhenItIsBuiltAnew() throws Exception {
        UUID model = Workload.smallModel(owner, "rebuilt").id();
        Token token = Workload.token(owner, "rebuilt");
        owner.tokens().assign(token.id(), model);
        Workload.awaitReady(owner, token.id());
        await(() -> ask(view, token, model).allowed());

        try (AccessView fresh = view()) {
            await(() -> ask(fresh, token, model).allowed());
            fresh.rebuild();
            await(() -> ask(fresh, token, model).allowed());
        }
    }

    /// Make before break, as a model server sees it: while a token moves to and fro, one of its models always answers.
    @Test
    void isNeverWithoutAModelWhileATokenMovesWhenReady() throws Exception {
        UUID one = Workload.smallModel(owner, "to").id();
        UUID other = Workload.smallModel(owner, "fro").id();
        Token token = Workload.token(owner, "moving");
        owner.tokens().assign(token.id(), one);
        Workload.awaitReady(owner, token.id());
        await(() -> ask(view, token, one).allowed());
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Long> asker = CompletableFuture.supplyAsync(() -> askUntil(done, token, one, other));
        try {
            for (int i = 0; i < 20; i++) {
                UUID next = i % 2 == 0 ? other : one;
                owner.tokens().reassign(token.id(), next, AssignmentMode.WHEN_READY);
                await(() -> ask(view, token, next).allowed());
            }
        } finally {
            done.set(true);
        }

        assertThat(asker.get()).as("questions").isGreaterThan(1_000);
    }

    /// Questions are moments of their own, but between four of them lies one move at most.
    private long askUntil(AtomicBoolean done, Token token, UUID one, UUID other) {
        long asked = 0;
        for (; !done.get(); asked += 4) {
            List<AccessDecision> answers =
                    Stream.of(one, other, one, other).map(model -> ask(view, token, model)).toList();
            assertThat(answers).anyMatch(answer -> answer.allowed() || answer.reason() == Reason.NOT_CURRENT);
        }
        return asked;
    }

    /// A record that a relay could not send must not let anybody believe that all has been told.
    @Test
    void deniesEverythingWhileARecordIsParked() throws Exception {
        UUID model = Workload.smallModel(owner, "parked").id();
        Token token = Workload.token(owner, "parked");
        owner.tokens().assign(token.id(), model);
        Workload.awaitReady(owner, token.id());
        await(() -> ask(view, token, model).allowed());

        execute("""
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                select gen_random_uuid(), id, '%s', 'x', 'dev.keyswitch.access.v1', 'x', now(), repeat('x', 2000000)
                from account
                """.formatted(Topics.access("default")));

        await(() -> ask(view, token, model).reason() == Reason.NOT_CURRENT);
        execute("delete from outbox where parked_at is not null");
        await(() -> ask(view, token, model).allowed());
    }

    @Test
    void theReconciliationSeesWhatDoesNotAgree() throws Exception {
        UUID model = Workload.smallModel(owner, "reconciled").id();
        Token token = Workload.token(owner, "reconciled");
        owner.tokens().assign(token.id(), model);
        Workload.awaitReady(owner, token.id());
        assertThat(reconciliation().differences()).isEmpty();

        // As if a change had been forgotten.
        execute("alter table token disable trigger token_access");
        execute("update token set status = 'SUSPENDED' where id = '" + token.id() + "'");
        execute("alter table token enable trigger token_access");

        assertThat(reconciliation().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.database()).startsWith("SUSPENDED");
            assertThat(difference.topic()).startsWith("ACTIVE");
        });
        execute("update token set status = 'ACTIVE' where id = '" + token.id() + "'");
        assertThat(reconciliation().differences()).isEmpty();
    }

    @Test
    void forgetsAValueOnlyWhenItExpiredAWhileAgo() throws Exception {
        UUID model = Workload.smallModel(owner, "expired").id();
        Token token = Workload.token(owner, "expired");
        owner.tokens().assign(token.id(), model);
        Workload.awaitReady(owner, token.id());
        await(() -> ask(view, token, model).allowed());

        execute("update token set expires_at = now() - interval '59 minutes' where id = '" + token.id() + "'");
        await(() -> ask(view, token, model).reason() == Reason.TOKEN_EXPIRED);
        execute("update token set expires_at = now() - interval '61 minutes' where id = '" + token.id() + "'");
        await(() -> ask(view, token, model).reason() == Reason.UNKNOWN);

        // Renewed: the same value is good again.
        execute("update token set expires_at = now() + interval '1 day' where id = '" + token.id() + "'");
        await(() -> ask(view, token, model).allowed());
    }

    private AccessView view() {
        return AccessView.builder()
                .bootstrapServers(system.inside().kafkaBootstrap())
                .account("default")
                .open();
    }

    private AccessReconciliation reconciliation() {
        return new AccessReconciliation(database, system.inside().kafkaBootstrap(), "default");
    }

    private static AccessDecision ask(AccessView view, Token token, UUID model) {
        return view.mayQuery(token.value(), model);
    }

    private void execute(String sql) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it must come to hold").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
