package dev.keyswitch.cli;

import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.FAILED;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.GENERATING;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.READY;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.REQUESTED;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.preview.PreviewedKey;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.sdk.Peer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensCommandsIT {
    private static final String VALUE = "kst_valueThatIsShownOnce";
    private static final String TOKEN = "/v1/tokens/" + Samples.TOKEN;

    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());

    TokensCommandsIT() {
        peer.on("GET /v1/models", Samples.page(Samples.triage()));
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void listsTokensInColumns() {
        peer.on(
                "GET /v1/tokens",
                Samples.page(
                        Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(GENERATING, 40)),
                        Samples.unassigned(Samples.OTHER_TOKEN, "intensive care")));

        assertThat(cli.run("tokens", "list").out()).isEqualTo("""
            NAME            STATUS  MODEL   EVALUATION KEY   EXPIRES           ID
            ward 7          ACTIVE  triage  GENERATING 40 %  2126-11-23 09:05  0199a000-0000-7000-8000-000000000011
            intensive care  ACTIVE  -       -                2126-11-23 09:05  0199a000-0000-7000-8000-000000000012
            """);
    }

    @Test
    void narrowsTheListAsAsked() {
        peer.on("GET /v1/tokens", Samples.page());

        Cli.Run run = cli.run(
                "tokens",
                "list",
                "-q",
                "ward",
                "--unassigned",
                "--status",
                "active",
                "--sort",
                "-createdAt",
                "--limit",
                "7");
        cli.run("tokens", "list", "--model", "triage", "--key-state", "ready");

        assertThat(run.err()).isEqualTo("There are none.\n");
        assertThat(peer.calls())
                .containsExactly(
                        "GET /v1/tokens?q=ward&assigned=false&status=ACTIVE&sort=-createdAt&limit=7",
                        "GET /v1/models?q=triage&limit=200",
                        "GET /v1/tokens?modelId=" + Samples.MODEL + "&keyState=READY&limit=50");
    }

    @Test
    void showsTheValueOnceOnALineOfItsOwn() {
        peer.on("POST /v1/tokens", Samples.answer(Samples.token(Samples.TOKEN, "ward 7", null, VALUE)));

        Cli.Run run = cli.run("tokens", "create", "ward 7", "--note", "nights", "--expires-in-days", "7");

        assertThat(run.out()).isEqualTo("""
            name     ward 7
            id       0199a000-0000-7000-8000-000000000011
            status   ACTIVE
            value    ...wxyz
            custody  AGENT
            created  2026-11-23 09:05
            expires  2126-11-23 09:05
            model    none

            This is the token's value. It is shown now and never again:

            kst_valueThatIsShownOnce
            """);
        assertThat(peer.received().getFirst().text())
                .isEqualTo("{\"name\":\"ward 7\",\"note\":\"nights\",\"expiresInDays\":7}");
    }

    @Test
    void givesScriptsOneDocumentWithTheValueAndTheFinishedKey() throws Exception {
        peer.on(
                "POST /v1/tokens",
                Samples.answer(Samples.token(Samples.TOKEN, "ward 7", Samples.key(REQUESTED, 0), VALUE)));
        peer.on("GET " + TOKEN, Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(READY, 100))));

        Cli.Run run = cli.run("tokens", "create", "ward 7", "--model", "triage", "--wait", "-o", "json");

        JsonNode document = Json.mapper().readTree(run.out());
        assertThat(document.path("value").asText()).isEqualTo(VALUE);
        assertThat(document.path("evaluationKey").path("state").asText()).isEqualTo("READY");
        assertThat(run.err())
                .isEqualTo("evaluation key REQUESTED\nevaluation key READY\n")
                .doesNotContain(VALUE);
    }

    @Test
    void givesScriptsTheValueEvenIfTheKeyFails() throws Exception {
        peer.on(
                "POST /v1/tokens",
                Samples.answer(Samples.token(Samples.TOKEN, "ward 7", Samples.key(FAILED, 0), VALUE)));

        Cli.Run run = cli.run("tokens", "create", "ward 7", "--model", "triage", "--wait", "-o", "json");

        assertThat(Json.mapper().readTree(run.out()).path("value").asText()).isEqualTo(VALUE);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).endsWith("keyswitch: The evaluation key could not be made: disk full\n");
    }

    @Test
    void assignsAndWaitsForTheKey() {
        Token assigned = Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(REQUESTED, 0));
        peer.on("GET /v1/tokens", Samples.page(assigned));
        peer.on("PUT " + TOKEN + "/assignment", Samples.answer(assigned));
        peer.on(
                "GET " + TOKEN,
                Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(GENERATING, 5))),
                Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(GENERATING, 90))),
                Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(READY, 100))));

        Cli.Run run = cli.run("tokens", "assign", "ward 7", "triage", "--wait");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("evaluation key REQUESTED\nevaluation key GENERATING\nevaluation key READY\n");
        assertThat(run.out()).isEqualTo("""
            name               ward 7
            id                 0199a000-0000-7000-8000-000000000011
            status             ACTIVE
            value              ...wxyz
            custody            AGENT
            created            2026-11-23 09:05
            expires            2126-11-23 09:05
            model              triage
            model id           0199a000-0000-7000-8000-000000000001
            evaluation key     READY
            evaluation key id  0199a000-0000-7000-8000-000000000021
            generation         3
            size               12.3 MB
            sha256             %s
            """.formatted("ab".repeat(32)));
        assertThat(peer.received().stream().filter(r -> r.method().equals("PUT")))
                .singleElement()
                .satisfies(r -> assertThat(r.text()).isEqualTo("{\"modelId\":\"" + Samples.MODEL + "\"}"));
    }

    @Test
    void endsWithFourWhenTheTimeIsOver() {
        peer.on("GET " + TOKEN, Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(GENERATING, 5))));

        Cli.Run run = cli.run("tokens", "get", Samples.TOKEN.toString(), "--wait", "--timeout", "1s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run.err()).endsWith("keyswitch: The evaluation key is not ready after 1 s\n");
    }

    @Test
    void showsTheWayOutOfARefusedAssignment() {
        peer.on("GET /v1/tokens", Samples.page(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on(
                "PUT " + TOKEN + "/assignment",
                Peer.reply(
                        409,
                        "application/problem+json",
                        "{\"status\":409,\"code\":\"token-already-assigned\",\"detail\":\"The token is assigned to fraud.\"}"
                                .getBytes(),
                        Map.of("X-Request-Id", "r-1")));

        Cli.Run run = cli.run("tokens", "assign", "ward 7", "triage");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).isEqualTo("""
            keyswitch: The token is assigned to fraud.
              'keyswitch tokens reassign' moves it.
              request r-1
            """);
    }

    @Test
    void reassignsExplicitlyAndAtOnce() {
        peer.on("GET /v1/tokens", Samples.page(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on(
                "PUT " + TOKEN + "/assignment",
                Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(REQUESTED, 0))));

        cli.run("tokens", "reassign", "ward 7", "triage");

        assertThat(peer.received().getLast().text())
                .isEqualTo("{\"modelId\":\"" + Samples.MODEL + "\",\"reassign\":true,\"mode\":\"IMMEDIATE\"}");
    }

    @Test
    void movesWhenTheNewKeyIsReadyAndWaitsForExactlyThatKey() {
        EvaluationKey old = Samples.key(READY, 100);
        EvaluationKey wanted = Samples.key(Samples.OTHER_KEY, REQUESTED, 0);
        peer.on("GET /v1/tokens", Samples.page(Samples.assigned(Samples.TOKEN, "ward 7", old)));
        peer.on("PUT " + TOKEN + "/assignment", Samples.answer(Samples.moving(Samples.TOKEN, "ward 7", old, wanted)));
        peer.on(
                "GET " + TOKEN,
                Samples.answer(Samples.moving(Samples.TOKEN, "ward 7", old, Samples.key(Samples.OTHER_KEY, GENERATING, 5))),
                Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(Samples.OTHER_KEY, READY, 100))));

        Cli.Run waited = cli.run("tokens", "reassign", "ward 7", "triage", "--when-ready", "--wait");
        Cli.Run notWaited = cli.run("tokens", "reassign", "ward 7", "triage", "--when-ready");

        assertThat(waited.exitCode()).isZero();
        assertThat(waited.err()).isEqualTo("evaluation key REQUESTED\nevaluation key GENERATING\nevaluation key READY\n");
        assertThat(notWaited.out()).contains("moving to          " + Samples.OTHER_MODEL, "its key            REQUESTED");
        assertThat(peer.received().getLast().text())
                .isEqualTo("{\"modelId\":\"" + Samples.MODEL + "\",\"reassign\":true,\"mode\":\"WHEN_READY\"}");
    }

    @Test
    void unassignsOnlyFromTheModelThatWasNamed() {
        peer.on("GET " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on("DELETE " + TOKEN + "/assignment", Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));

        Cli.Run run = cli.run("tokens", "unassign", Samples.TOKEN.toString(), "--from", "triage");

        assertThat(run.out()).contains("model    none");
        assertThat(peer.calls()).last().isEqualTo("DELETE " + TOKEN + "/assignment?modelId=" + Samples.MODEL);
    }

    @Test
    void changesTheStatusWithAVerbForEachWay() {
        peer.on("GET " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on("PATCH " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));

        Map<String, String> statuses = Map.of("suspend", "SUSPENDED", "resume", "ACTIVE", "cancel", "CANCELED", "reinstate", "ACTIVE");
        statuses.forEach((verb, status) -> {
            assertThat(cli.run("tokens", verb, Samples.TOKEN.toString()).exitCode()).isZero();
            assertThat(peer.received().getLast().text()).isEqualTo("{\"status\":\"" + status + "\"}");
        });
    }

    @Test
    void changesOnlyWhatIsNamed() {
        peer.on("GET " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on("PATCH " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 8")));

        Cli.Run run = cli.run("tokens", "update", Samples.TOKEN.toString(), "--name", "ward 8", "--note", "", "--custody", "holder");

        assertThat(run.out()).startsWith("name     ward 8\n");
        assertThat(peer.received().getLast().text())
                .isEqualTo("{\"name\":\"ward 8\",\"note\":\"\",\"custody\":\"HOLDER\"}");
        assertThat(cli.run("tokens", "update", Samples.TOKEN.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void rollsAndShowsTheNewValueOnce() {
        peer.on("GET " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on("POST " + TOKEN + "/roll", Samples.answer(Samples.token(Samples.TOKEN, "ward 7", null, VALUE)));

        Cli.Run run = cli.run("tokens", "roll", Samples.TOKEN.toString(), "--grace", "24h");

        assertThat(run.out()).endsWith("\n" + VALUE + "\n");
        assertThat(peer.received().getLast().text()).isEqualTo("{\"graceSeconds\":86400}");
    }

    @Test
    void deletesOnlyWhoeverIsSure() {
        peer.on("GET " + TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));
        peer.on("DELETE " + TOKEN, Peer.status(204, Map.of()));

        assertThat(cli.run("tokens", "delete", Samples.TOKEN.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(peer.calls()).isEmpty();
        assertThat(cli.run("tokens", "delete", Samples.TOKEN.toString(), "--yes").out())
                .isEqualTo("Deleted the token ward 7 (" + Samples.TOKEN + ").\n");
    }

    @Test
    void asksWhichTokenIsMeantWhenSeveralHaveTheName() {
        peer.on(
                "GET /v1/tokens",
                Samples.page(
                        Samples.assigned(Samples.TOKEN, "ward", Samples.key(READY, 100)),
                        Samples.unassigned(Samples.OTHER_TOKEN, "ward"),
                        Samples.unassigned(Samples.KEY, "ward 8")));

        Cli.Run run = cli.run("tokens", "get", "ward");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isEqualTo("""
            keyswitch: 2 tokens have the name 'ward'. Say which by its id:
              0199a000-0000-7000-8000-000000000011  assigned to triage, created 2026-11-23T09:05:07Z
              0199a000-0000-7000-8000-000000000012  unassigned, created 2026-11-23T09:05:07Z
            """);
    }

    @Test
    void saysWhatAMoveWouldDoWithoutDoingIt() {
        Token before = Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(READY, 100));
        Token after = Samples.moving(Samples.TOKEN, "ward 7", Samples.key(READY, 100), Samples.key(Samples.OTHER_KEY, REQUESTED, 0));
        peer.on("GET " + TOKEN, Samples.answer(before))
                .on(
                        "PUT " + TOKEN + "/assignment",
                        Samples.answer(new Preview<>(
                                200,
                                before,
                                after,
                                List.of(
                                        new PreviewedKey(Samples.OTHER_KEY, Samples.OTHER_MODEL, 4, null, REQUESTED),
                                        new PreviewedKey(Samples.KEY, Samples.MODEL, 3, READY, SUPERSEDED)),
                                new KeyWork(1, 3_200_000, 0.21))));

        Cli.Run run = cli.run("tokens", "reassign", Samples.TOKEN.toString(), "triage", "--when-ready", "--dry-run");

        assertThat(run.out()).isEqualTo("""
            token                ward 7
            id                   0199a000-0000-7000-8000-000000000011
            status               ACTIVE
            expires              2126-11-23 09:05
            custody              AGENT
            model                triage
            moving to            - -> 0199a000-0000-7000-8000-000000000002
            key of generation 4  new -> REQUESTED
            key of generation 3  READY -> SUPERSEDED
            keys to make         1
            size                 3.20 MB
            work                 about 0.2 s on one core
            """);
        assertThat(run.err()).isEqualTo("Nothing was changed.\n");
        assertThat(peer.calls()).contains("PUT " + TOKEN + "/assignment?dryRun=true").doesNotContain("PUT " + TOKEN + "/assignment");
    }

    @Test
    void everyDryRunAsksForAPreviewAlone() {
        Token token = Samples.unassigned(Samples.TOKEN, "ward 7");
        Peer.Reply preview = Samples.answer(new Preview<>(200, token, null, List.of(), null));
        peer.on("GET " + TOKEN, Samples.answer(token))
                .on("PATCH " + TOKEN, preview)
                .on("DELETE " + TOKEN, preview)
                .on("PUT " + TOKEN + "/assignment", preview)
                .on("DELETE " + TOKEN + "/assignment", preview);

        for (String command : List.of("cancel ID", "update ID --note x", "delete ID", "assign ID triage", "unassign ID")) {
            Cli.Run run = cli.run(("tokens " + command.replace("ID", Samples.TOKEN.toString()) + " --dry-run").split(" "));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("ACTIVE -> (gone)");
        }
        assertThat(peer.calls()).filteredOn(call -> !call.startsWith("GET")).hasSize(5).allMatch(call -> call.endsWith("?dryRun=true"));
    }
}
