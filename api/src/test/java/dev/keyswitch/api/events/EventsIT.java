package dev.keyswitch.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.Token;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsIT extends ApiIT {

    @Test
    void tellsWhatHappensAsItHappens() throws Exception {
        try (Follower follower = fromNowOn("")) {
            assertThat(follower.response().headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            Token token = Samples.token(owner(), "followed");

            Follower.Seen created = follower.next();

            assertThat(created.type()).isEqualTo("dev.keyswitch.token.created.v1");
            assertThat(created.event().get("type").asText()).isEqualTo(created.type());
            assertThat(created.event().get("specversion").asText()).isEqualTo("1.0");
            assertThat(created.event().get("subject").asText()).isEqualTo(token.id().toString());
            assertThat(created.event().get("data").get("name").asText()).isEqualTo("followed");
            assertThat(created.event().get("id").asText())
                    .isEqualTo(value("select event_id::text from outbox where record_key = ?", token.id().toString()));
            assertThat(created.event().toString()).doesNotContain(String.valueOf(token.value()).substring(4));
        }
    }

    @Test
    void carriesTheTraceOfTheRequest() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        try (Follower follower = fromNowOn("")) {
            owner().send(owner().request("/v1/tokens")
                    .header("traceparent", trace)
                    .header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"name\":\"traced\"}")));

            assertThat(follower.next().event().get("traceparent").asText()).isEqualTo(trace);
        }
    }

    @Test
    void filtersByTypeAndSubject() throws Exception {
        UUID model = Samples.model(owner(), "event filter").id();
        Token one = Samples.token(owner(), "one");
        Token other = Samples.token(owner(), "other");
        try (Follower assigned = fromNowOn("?type=token.assigned,dev.keyswitch.token.deleted.v1");
                Follower about = fromNowOn("?subject=" + other.id())) {
            Samples.assign(owner(), one.id(), model);
            owner().delete("/v1/tokens/" + other.id());

            assertThat(assigned.next(2)).extracting(Follower.Seen::type)
                    .containsExactlyInAnyOrder("dev.keyswitch.token.assigned.v1", "dev.keyswitch.token.deleted.v1");
            assertThat(about.next().type()).isEqualTo("dev.keyswitch.token.deleted.v1");
        }
    }

    @Test
    void goesOnWithoutAGapOverCutsAndNodesWhileManyChange() throws Exception {
        int tokens = 200;
        Random random = new Random(7);
        List<Follower.Seen> seen = new ArrayList<>();
        try (ApiServer another = ApiServer.start(configuration());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Follower follower = fromNowOn("?type=token.created");
            for (int caller = 0; caller < 4; caller++) {
                TestClient client = TestClient.of(caller % 2 == 0 ? server().uri() : another.uri(), ownerCredential());
                String name = "gap " + caller + " ";
                callers.submit(() -> {
                    for (int i = 0; i < tokens / 4; i++) {
                        Samples.token(client, name + i);
                    }
                });
            }
            String last = follower.place();
            while (seen.size() < tokens) {
                List<Follower.Seen> some = follower.next(Math.min(1 + random.nextInt(30), tokens - seen.size()));
                seen.addAll(some);
                last = some.getLast().id();
                follower.close();
                follower = Follower.of(
                        TestClient.of(random.nextBoolean() ? server().uri() : another.uri(), ownerCredential()), "?type=token.created", last);
            }
            follower.close();
        }

        assertThat(seen).extracting(event -> event.event().get("subject").asText()).doesNotHaveDuplicates().hasSize(tokens);
        assertThat(seen).extracting(event -> Long.parseLong(event.id())).isSorted();
    }

    @Test
    void goesOnFromTheBeginningOfAStreamInWhichNothingHappened() throws Exception {
        String place;
        try (Follower follower = fromNowOn("")) {
            place = follower.place();
        }
        Token token = Samples.token(owner(), "while nobody listened");

        try (Follower follower = Follower.of(owner(), "", place)) {
            assertThat(follower.next().event().get("subject").asText()).isEqualTo(token.id().toString());
        }
    }

    @Test
    void saysThatEventsAreNoLongerKept() throws Exception {
        Token token = Samples.token(owner(), "forgotten");
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where published_at is null") == 0);
        long position = this.<Long>value("select position from outbox where record_key = ?", token.id().toString());
        execute("delete from outbox where record_key = ?", token.id().toString());

        owner().send(owner().request("/v1/events").header("Last-Event-ID", Long.toString(position)).GET()).problem(410, "events-not-kept");
    }

    @Test
    void tellsAnotherAccountNothing() throws Exception {
        CreatedAccount other = admin().post("/v1/accounts", new CreateAccount("events-other", null)).as(201, CreatedAccount.class);
        TestClient foreign = with(String.valueOf(other.ownerCredential().value()));
        Token ours = Samples.token(owner(), "ours");
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where published_at is null") == 0);
        long position = this.<Long>value("select position from outbox where record_key = ?", ours.id().toString());

        try (Follower follower = Follower.of(foreign, "", "0")) {
            Samples.token(owner(), "ours too");
            Token theirs = Samples.token(foreign, "theirs");
            assertThat(follower.next().event().get("subject").asText()).isEqualTo(theirs.id().toString());
        }
        foreign.send(foreign.request("/v1/events").header("Last-Event-ID", Long.toString(position)).GET()).problem(410, "events-not-kept");
    }

    @Test
    void endsItsLookingWhenTheReaderIsGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            fromNowOn("").close();
        }
        try (Follower follower = fromNowOn("")) {
            Samples.token(owner(), "after others left");
            assertThat(follower.next().type()).isEqualTo("dev.keyswitch.token.created.v1");
        }
    }

    /// Whoever reads a stream is interrupted when its caller hangs up, and an interrupt breaks the connection to the database that is
    /// asked just then.
    @Test
    void costsNoConnectionToTheDatabaseWhenReadersHangUp() throws Exception {
        execute("""
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data, position, published_at)
                select gen_random_uuid(), id, 'x', 'x', 'dev.keyswitch.token.updated.v1', 'x', now(), '{}', n, now()
                from generate_series(1, 5000) n, account where slug = ?
                """, configuration().account());
        Random random = new Random(11);
        Set<Integer> connections = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            try (Socket impatient = new Socket(server().uri().getHost(), server().uri().getPort())) {
                impatient.setSoLinger(true, 0);
                impatient.getOutputStream()
                        .write(("GET /v1/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 0\r\nAuthorization: Bearer " + ownerCredential() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                impatient.getInputStream().readNBytes(1000 + random.nextInt(500_000));
            }
            connections.addAll(connections());
        }

        assertThat(owner().get("/v1/account").status()).isEqualTo(200);
        assertThat(connections()).containsAll(connections);
    }

    private Set<Integer> connections() throws SQLException {
        Set<Integer> processes = new TreeSet<>();
        try (var database = database();
                var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select pid from pg_stat_activity where datname = current_database() and application_name = 'keyswitch-api'")) {
            while (rows.next()) {
                processes.add(rows.getInt(1));
            }
        }
        return processes;
    }

    @Test
    void isNotHeldUpByAReaderThatFellAsleep() throws Exception {
        try (Socket sleeper = new Socket(server().uri().getHost(), server().uri().getPort())) {
            sleeper.setReceiveBufferSize(4096);
            sleeper.getOutputStream()
                    .write(("GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ownerCredential() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = sleeper.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            try (Follower follower = fromNowOn("?type=token.created")) {
                for (int i = 0; i < 50; i++) {
                    Samples.token(owner(), "for the sleeper " + i);
                }
                assertThat(follower.next(50)).hasSize(50);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?type=token.assinged", "?subject=x", "?types=token.created"})
    void refusesFiltersItDoesNotKnow(String query) {
        owner().get("/v1/events" + query).problem(422, "invalid-fields");
    }

    @Test
    void isForThoseWhoMayReadTheAccount() throws Exception {
        owner().send(owner().request("/v1/events").header("Last-Event-ID", "x").GET()).problem(400, "malformed-request");
        admin().get("/v1/events").problem(403, "forbidden");
        with(Samples.credential(owner(), Role.GATEWAY, null)).get("/v1/events").problem(403, "forbidden");
        try (Follower follower = Follower.of(with(Samples.credential(owner(), Role.VIEWER, null)), "", null)) {
            assertThat(follower.response().statusCode()).isEqualTo(200);
        }
    }

    /// Follows what happens from now on, and nothing of what the relay has yet to send of what happened before.
    private Follower fromNowOn(String query) throws Exception {
        UUID account = UUID.fromString(owner().get("/v1/account").json().get("id").asText());
        Eventually.holds(() -> this.<Long>value(
                        "select count(*) from outbox where account_id = ? and published_at is null and parked_at is null", account)
                == 0);
        return Follower.of(owner(), query, null);
    }
}
