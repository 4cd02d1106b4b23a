package dev.keyswitch.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.access.AccessView;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.Json;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.LocalSystem;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch bench api`: search, pages, assignments and introspection with very many tokens. Database, broker, API and this load generator share the
/// machine; everything is gone afterwards.
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = "Measure search, pages, assignments and introspection with very many tokens.")
final class ApiBench implements Callable<Integer> {

    private static final int CALLERS = 8;
    /// More than one credential may ask in a second are asked here.
    private static final int MODEL_SERVERS = 4;
    private static final int MODELS = 20;
    private static final int PAGE = 200;
    private static final int OPEN_RATE = 1_500;
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private enum Part {
        INTROSPECTION,
        SEARCH,
        PAGES,
        ASSIGNMENTS,
        REFUSALS
    }

    @Option(names = "--tokens", description = "In one account (default: ${DEFAULT-VALUE}).")
    private int tokens = 1_000_000;

    @Option(names = "--accounts", description = "Beside it, with 1,000 tokens each (default: ${DEFAULT-VALUE}).")
    private int accounts = 100;

    @Option(names = "--seconds", description = "How long introspection is measured, each way (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(names = "--assignments", description = "How many are made and removed, each way (default: ${DEFAULT-VALUE}).")
    private int assignments = 4_000;

    @Option(names = "--only", split = ",", description = "One or some of: ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Spec
    private CommandSpec spec;

    private URI api = URI.create("http://127.0.0.1");
    private String credential = "";

    @Override
    public Integer call() throws Exception {
        say("a thread that only looks at the clock", Stops.during(Duration.ofSeconds(10)));
        try (BenchSystem bench = BenchSystem.start();
                Connection database = database(bench.inside())) {
            api = bench.system().api();
            credential = Files.readString(bench.data().ownerCredential()).strip();
            Account account = bench.owner().account();
            List<UUID> models = models(bench.owner());
            ManyTokens many = new ManyTokens(database, account.id(), account.defaultHolderId());
            many.fill(tokens, accounts, models);
            say("tables", many.sizes());
            List<String> values = many.values(models.getFirst(), 5_000);
            if (parts.contains(Part.INTROSPECTION)) {
                introspection(values, models.getFirst(), gateways(bench.owner(), models.getFirst()));
            }
            if (parts.contains(Part.SEARCH)) {
                search(many);
            }
            if (parts.contains(Part.PAGES)) {
                pages();
            }
            if (parts.contains(Part.ASSIGNMENTS)) {
                assignments(bench.inside(), account, models.get(1), many);
            }
            if (parts.contains(Part.REFUSALS)) {
                refusals(bench);
            }
            say("tables", many.sizes());
        }
        return 0;
    }

    private static Connection database(LocalSystem.Inside inside) throws Exception {
        return DriverManager.getConnection(inside.databaseUrl(), inside.databaseUser(), inside.databasePassword());
    }

    private static List<UUID> models(KeyswitchClient owner) {
        List<UUID> models = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            models.add(owner.models()
                    .create(new CreateModel("Model " + i, "", EncryptionProfile.bfv(4096, 20, 36, 36, 37)))
                    .id());
        }
        return models;
    }

    private void say(String what, Object figures) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-38s %s%n", what, figures);
        out.flush();
    }

    /// Credentials of model servers, bound to their model.
    private static List<String> gateways(KeyswitchClient owner, UUID model) {
        return IntStream.range(0, MODEL_SERVERS)
                .mapToObj(number -> new CreateCredential("model server " + number, Role.GATEWAY, null, List.of(model)))
                .map(wanted -> Objects.requireNonNull(owner.credentials().create(wanted).value()))
                .toList();
    }

    private void introspection(List<String> values, UUID model, List<String> gateways) throws Exception {
        List<byte[][]> requests = gateways.stream().map(gateway -> requests(values, model, gateway)).toList();
        Load.Callers callers = number -> {
            PlainConnection connection = new PlainConnection(api);
            byte[][] own = requests.get(number % requests.size());
            return () -> {
                String answer = connection.send(own[ThreadLocalRandom.current().nextInt(own.length)]);
                if (!answer.contains("\"active\":true")) {
                    throw new IllegalStateException("not active: " + answer);
                }
            };
        };
        Load.closed(CALLERS, WARM_UP, callers);
        say("introspection, " + CALLERS + " callers", Load.closed(CALLERS, Duration.ofSeconds(seconds), callers));
        say("introspection, open loop", Load.open(4 * CALLERS, OPEN_RATE, Duration.ofSeconds(seconds), callers));
    }

    private static byte[][] requests(List<String> values, UUID model, String gateway) {
        return values.stream()
                .map(value -> PlainConnection.request(
                        "POST",
                        "/v1/introspect",
                        gateway,
                        "application/x-www-form-urlencoded",
                        "token=" + value + "&model_id=" + model))
                .toArray(byte[][]::new);
    }

    /// What a person types, one request after the other: the answer to each counts, that to the first character above all.
    private void search(ManyTokens many) throws Exception {
        List<String> common = many.commonParts(50);
        List<String> characters = "abcdefghijklmnopqrstuvwxyz0123456789 -~é".chars()
                .mapToObj(Character::toString)
                .toList();
        List<String> rare = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rare.add(String.format(Locale.ROOT, "%04x", ThreadLocalRandom.current().nextInt(1 << 16)));
        }
        List<String> whole = List.of("ada", "ada l", "ada love", "lovelace", "lovelace 7", "kolmogorov", "katherine noether", "noether 0");
        List<String> absent = List.of("zzq", "xyzzy", "nobody", "~~", "ada lovelace zz", "qqqqqq", "0000000000");
        for (String unassigned : List.of("&assigned=false", "")) {
            String kind = unassigned.isEmpty() ? "all tokens" : "unassigned";
            List<Duration> all = new ArrayList<>();
            for (List<String> texts : List.of(characters, common, rare, whole, absent)) {
                all.addAll(times(texts, unassigned, 1));
            }
            all.clear();
            all.addAll(searched(kind + ", one character", characters, unassigned));
            all.addAll(searched(kind + ", most common parts", common, unassigned));
            all.addAll(searched(kind + ", rare parts", rare, unassigned));
            all.addAll(searched(kind + ", names", whole, unassigned));
            all.addAll(searched(kind + ", absent", absent, unassigned));
            say("search, " + kind, Percentiles.of(all));
        }
    }

    private List<Duration> searched(String what, List<String> texts, String more) throws Exception {
        List<Duration> times = times(texts, more, 10);
        say("  " + what, Percentiles.of(times));
        return times;
    }

    private List<Duration> times(List<String> texts, String more, int rounds) throws Exception {
        List<Duration> times = new ArrayList<>();
        try (PlainConnection connection = new PlainConnection(api)) {
            for (int i = 0; i < rounds; i++) {
                for (String text : texts) {
                    byte[] request = PlainConnection.get(
                            "/v1/tokens?limit=20&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + more, credential);
                    long start = System.nanoTime();
                    connection.send(request);
                    times.add(Duration.ofNanos(System.nanoTime() - start));
                }
            }
        }
        return times;
    }

    /// From the first page to the last; those in between count, too, but the first and the last hundred are compared.
    private void pages() throws Exception {
        List<Duration> times = new ArrayList<>();
        try (PlainConnection connection = new PlainConnection(api)) {
            String cursor = "";
            while (cursor != null) {
                String target = "/v1/tokens?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
                long start = System.nanoTime();
                String page = connection.send(PlainConnection.get(target, credential));
                times.add(Duration.ofNanos(System.nanoTime() - start));
                JsonNode next = Json.mapper().readTree(page).get("nextCursor");
                cursor = next == null || next.isNull() ? null : URLEncoder.encode(next.asText(), StandardCharsets.UTF_8);
            }
        }
        int some = Math.min(100, times.size() / 4);
        Percentiles first = Percentiles.of(times.subList(times.size() > 1_000 ? 100 : 0, (times.size() > 1_000 ? 100 : 0) + some));
        Percentiles last = Percentiles.of(times.subList(times.size() - some - 1, times.size() - 1));
        say("pages of " + PAGE + ", 101 to 200", first);
        say("pages of " + PAGE + ", last 100 of " + String.format(Locale.ROOT, "%,d", times.size()), last);
        say("  last / first, medians", String.format(Locale.ROOT, "%.2f", last.p50() / first.p50()));
    }

    /// By turns, so that what else the machine does meets both.
    private void assignments(LocalSystem.Inside inside, Account account, UUID model, ManyTokens many) throws Exception {
        BareAssignments.Setting setting = setting(inside, account, model);
        int turns = 5;
        List<UUID> some = many.unassigned(2 * (turns + 1) * assignments);
        double[] ours = new double[2];
        double[] bare = new double[2];
        for (int turn = 0; turn <= turns; turn++) {
            List<UUID> mine = some.subList(2 * turn * assignments, (2 * turn + 1) * assignments);
            List<UUID> theirs = some.subList((2 * turn + 1) * assignments, (2 * turn + 2) * assignments);
            Load[] measured = {
                each(mine, number -> {
                    PlainConnection connection = new PlainConnection(api);
                    return token -> connection.send(PlainConnection.request(
                            "PUT", path(token), credential, "application/json", "{\"modelId\":\"" + model + "\"}"));
                }),
                each(theirs, number -> bare(inside, setting)::assign),
                each(mine, number -> {
                    PlainConnection connection = new PlainConnection(api);
                    return token -> connection.send(PlainConnection.request("DELETE", path(token), credential, "application/json", ""));
                }),
                each(theirs, number -> bare(inside, setting)::unassign)
            };
            awaitRelay(inside);
            if (turn > 0) {
                ours[0] += measured[0].perSecond();
                bare[0] += measured[1].perSecond();
                ours[1] += measured[2].perSecond();
                bare[1] += measured[3].perSecond();
            }
        }
        for (int i = 0; i < 2; i++) {
            say(
                    (i == 0 ? "assign, " : "unassign, ") + CALLERS + " callers",
                    String.format(
                            Locale.ROOT,
                            "%,.0f/s; the same statements without the API %,.0f/s; ratio %.2f",
                            ours[i] / turns,
                            bare[i] / turns,
                            ours[i] / bare[i]));
        }
    }

    private static String path(UUID token) {
        return "/v1/tokens/" + token + "/assignment";
    }

    private static BareAssignments bare(LocalSystem.Inside inside, BareAssignments.Setting setting) throws Exception {
        return new BareAssignments(inside.databaseUrl(), inside.databaseUser(), inside.databasePassword(), setting);
    }

    @FunctionalInterface
    private interface OfToken {
        void run(UUID token) throws Exception;
    }

    @FunctionalInterface
    private interface Openers {
        OfToken open(int number) throws Exception;
    }

    private static Load each(List<UUID> tokens, Openers openers) throws Exception {
        ConcurrentLinkedQueue<UUID> queue = new ConcurrentLinkedQueue<>(tokens);
        return Load.all(CALLERS, tokens.size(), number -> {
            OfToken call = openers.open(number);
            return () -> call.run(Objects.requireNonNull(queue.poll()));
        });
    }

    private BareAssignments.Setting setting(LocalSystem.Inside inside, Account account, UUID model) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8));
        try (Connection database = database(inside);
                var find = database.prepareStatement(
                        "select c.id, m.encryption_profile::text, m.profile_digest from credential c, model m where c.value_hash = ? and m.id = ?")) {
            find.setBytes(1, hash);
            find.setObject(2, model);
            try (var row = find.executeQuery()) {
                row.next();
                return new BareAssignments.Setting(
                        account.id(),
                        account.defaultHolderId(),
                        (UUID) row.getObject(1),
                        hash,
                        model,
                        row.getString(2),
                        row.getString(3),
                        Topics.tokens("default"));
            }
        }
    }

    /// The backlog of one turn must not weigh on the next.
    private static void awaitRelay(LocalSystem.Inside inside) throws Exception {
        try (Connection database = database(inside);
                var waiting = database.prepareStatement("select exists (select from outbox where published_at is null and parked_at is null)")) {
            while (true) {
                try (var row = waiting.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        return;
                    }
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /// From the answer to a suspension until introspection and an access view say no.
    private void refusals(BenchSystem bench) throws Exception {
        KeyswitchClient owner = bench.owner();
        UUID model = owner.models().create(new CreateModel("Refusals", "", EncryptionProfile.bfv(4096, 20, 36, 36, 37))).id();
        List<Duration> introspection = new ArrayList<>();
        List<Duration> view = new ArrayList<>();
        try (AccessView access = AccessView.builder()
                .bootstrapServers(bench.inside().kafkaBootstrap())
                .account("default")
                .open()) {
            for (int i = 0; i < 100; i++) {
                Token token = owner.tokens().create(CreateToken.named("refused"));
                String value = Objects.requireNonNull(token.value());
                owner.tokens().assign(token.id(), model);
                until(() -> access.mayQuery(value, model).allowed());
                owner.tokens().suspend(token.id());
                long answered = System.nanoTime();
                until(() -> !owner.introspect(value, model).active());
                introspection.add(Duration.ofNanos(System.nanoTime() - answered));
                until(() -> !access.mayQuery(value, model).allowed());
                view.add(Duration.ofNanos(System.nanoTime() - answered));
            }
        }
        say("suspended until introspection says no", Percentiles.of(introspection));
        say("suspended until an access view says no", Percentiles.of(view));
    }

    private static void until(Callable<Boolean> holds) throws Exception {
        while (!holds.call()) {
            LockSupport.parkNanos(200_000);
        }
    }
}
