package dev.keyswitch.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Invariants;
import dev.keyswitch.api.RawConnection;
import dev.keyswitch.api.RawConnection.RawAnswer;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TinyKey;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.api.openapi.RequestFuzzer.Sent;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Every operation of the served description, with input nobody has thought of: no server error, every answer as it is described,
/// nothing of another account in any of them, and a database that holds together afterwards.
///
/// `-Dkeyswitch.fuzz.requests=200000` sends more, `-Dkeyswitch.fuzz.seed=…` the same again, as far as callers at once can: what a
/// request answers depends on what others have done. So what is found is printed as it was sent.
class ContractFuzzIT extends ApiIT {

    private static final long REQUESTS = Long.getLong("keyswitch.fuzz.requests", 8_000);
    private static final long SEED = Long.getLong("keyswitch.fuzz.seed", System.nanoTime());
    private static final int CONNECTIONS = 8;
    /// In every text of the other account, and in no request.
    private static final String MARK = "quagga";
    /// Gives way to one that exists.
    private static final String NOBODY = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static final Map<String, String> SETTINGS = Map.of(
            "keyswitch.events.longest-stream", "50ms",
            "keyswitch.rate-limit.per-second", "1000000",
            "keyswitch.rate-limit.burst", "1000000",
            "keyswitch.evaluation-key.announce-after", "24h",
            "keyswitch.token-job.every", "50ms");
    private static final ObjectMapper MAPPER = Json.mapper();
    private static final long ENOUGH_FOR_UPLOADS = 8_000;
    /// By chance alone hardly any of these came up in so few.
    private static final String[] ENDS_OF_UPLOADS = {
        "HEAD /v1/uploads/{id} 204", "PATCH /v1/uploads/{id} 409", "POST /v1/uploads/{id}/complete 409", "POST /v1/uploads/{id}/complete 422"
    };
    /// Of so many callers one does not wait for its answer.
    private static final int IMPATIENCE = 60;
    /// Once in so many requests somebody does what a worker should.
    private static final int HONESTY = 25;
    /// A real key first; then one for another profile, one with another first component, and noise.
    private static final List<byte[]> CONTENTS = contents();

    private final KnownValues known = new KnownValues();
    private final Set<String> theirs = new TreeSet<>();
    private final Map<String, String> findings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> answered = new ConcurrentHashMap<>();
    private final AtomicLong left = new AtomicLong(REQUESTS);

    @Override
    protected Map<String, String> settings() {
        return SETTINGS;
    }

    @Test
    void answersWhateverItIsSentAsItIsDescribed() throws Exception {
        System.out.println("fuzzing with keyswitch.fuzz.seed=" + SEED + ", requests " + REQUESTS);
        CreatedAccount other = settle();
        JsonNode document = withoutCredential().get("/openapi").json();
        List<DescribedOperation> operations = DescribedOperation.allOf(document);
        AnswerContract contract = new AnswerContract(document, operations);
        RequestFuzzer fuzzer = new RequestFuzzer(
                operations, new Instances(document, known, fit()), known, credentials(), CONTENTS);
        KeysUnderWay underWay = new KeysUnderWay(owner(), known);
        for (int i = 0; i < 20; i++) {
            underWay.add(new Random(SEED + i));
        }
        Invariants invariants = new Invariants(this::database);
        invariants.awaitPublished();
        String before = invariants.rowsOf(other.account().id());

        try (ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Random random = new Random(SEED + i);
                work.add(() -> call(fuzzer, contract, underWay, random));
            }
            List<Future<Void>> done = callers.invokeAll(work);
            assertThat(findings.values()).as("seed " + SEED).isEmpty();
            for (Future<Void> caller : done) {
                caller.get();
            }
        }

        System.out.println("answered: " + new TreeMap<>(answered));
        assertThat(operations).as("answered well at least once").allMatch(operation -> isReached(operation.toString()));
        if (REQUESTS >= ENOUGH_FOR_UPLOADS) {
            assertThat(answered).as("came so far").containsKeys(ENDS_OF_UPLOADS);
        }
        assertThat(invariants.rowsOf(other.account().id())).isEqualTo(before);
        assertThat(invariants.violations()).isEmpty();
    }

    /// With few requests chance may miss one.
    private boolean isReached(String operation) {
        return REQUESTS < 100_000 || answered.keySet().stream().anyMatch(key -> key.startsWith(operation + " 2"));
    }

    private Void call(RequestFuzzer fuzzer, AnswerContract contract, KeysUnderWay underWay, Random random) throws IOException {
        try (RawConnection connection = new RawConnection(server().uri())) {
            while (left.getAndDecrement() > 0) {
                if (random.nextInt(HONESTY) == 0) {
                    underWay.add(random);
                }
                Sent sent = fuzzer.next(random);
                if (random.nextInt(IMPATIENCE) == 0) {
                    hangUp(sent, connection, random);
                    continue;
                }
                try {
                    judge(sent, connection.send(sent.bytes(), sent.method().equals("HEAD")), contract, random);
                } catch (IOException e) {
                    found(sent, "no answer: " + e, "");
                }
            }
        }
        return null;
    }

    /// In the midst of the request, or of its answer. Whether it was done nobody learns; it must harm nobody else.
    private void hangUp(Sent sent, RawConnection connection, Random random) throws IOException {
        answered.computeIfAbsent(sent.operation() + " hung up", _ -> new LongAdder()).increment();
        int whole = sent.bytes().length;
        connection.hangUp(sent.bytes(), random.nextInt(3) == 0 ? random.nextInt(whole) : whole, Duration.ofNanos(random.nextInt(10_000_000)));
    }

    private void judge(Sent sent, RawAnswer answer, AnswerContract contract, Random random) {
        answered.computeIfAbsent(sent.operation() + " " + answer.status(), _ -> new LongAdder()).increment();
        contract.deviation(sent.method(), sent.path(), answer).ifPresent(deviation -> found(sent, deviation, answer.text()));
        leak(sent, answer).ifPresent(leak -> found(sent, leak, answer.text()));
        if (answer.status() < 300 && answer.header("content-type").startsWith("application/json")) {
            Optional.ofNullable(AnswerContract.parsed(answer)).ifPresent(json -> known.learn(json, kind(sent.operation().path()), random));
        }
        boolean gone = sent.method().equals("DELETE") && answer.status() < 300 && sent.path().split("/").length == 4;
        if (gone || answer.status() == 404 || answer.text().contains("generation-outdated")) {
            String[] path = sent.path().split("/");
            if (path.length > 3) {
                known.forget(path[2], path[3]);
            }
        }
    }

    private static String kind(String path) {
        return path.endsWith("/uploads") ? "uploads" : path.split("/")[2];
    }

    private Optional<String> leak(Sent sent, RawAnswer answer) {
        if (sent.role() == Role.ADMIN) {
            return Optional.empty();
        }
        String text = answer.text();
        if (text.contains(MARK)) {
            return Optional.of("tells words of another account");
        }
        if (text.contains("java.") || text.contains("micronaut") || text.contains("PSQL") || text.contains("Exception")) {
            return Optional.of("tells what it is made of");
        }
        return theirs.stream()
                .filter(id -> text.contains(id) && !sent.toString().contains(id))
                .findFirst()
                .map(id -> "tells an id of another account");
    }

    private void found(Sent sent, String what, String answer) {
        String kind = sent.operation() + ": " + what.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID");
        findings.putIfAbsent(kind, kind + "\n--- sent ---\n" + sent + "\n--- answered ---\n" + answer.substring(0, Math.min(answer.length(), 1000)) + "\n");
    }

    /// Two accounts: the one that is called, and another one, whose ids are sent as well.
    private CreatedAccount settle() throws IOException {
        Random random = new Random(SEED);
        execute("update holder set root_fingerprint = ?", TinyKey.FINGERPRINT);
        known.add("rootFingerprint", TinyKey.FINGERPRINT, random);
        for (String name : List.of("one", "two", "three")) {
            Model model = owner().post("/v1/models", new CreateModel(name, null, TinyKey.ONE.profile())).as(201, Model.class);
            known.add("models", model.id(), random);
            Token token = Samples.token(owner(), name);
            known.add("tokens", token.id(), random);
            known.add("kst", String.valueOf(token.value()), random);
            known.add("evaluation-keys", Samples.assign(owner(), token.id(), model.id()).evaluationKey().id(), random);
        }
        known.add("holders", Samples.holder(owner(), "one more").id(), random);
        known.spare(owner().get("/v1/account").as(200, Account.class).id());
        for (String kind : List.of("one", "two")) {
            known.add("accounts", admin().post("/v1/accounts", new CreateAccount("fuzzed-" + kind, null)).as(201, CreatedAccount.class).account().id(), random);
        }
        return strangers();
    }

    private CreatedAccount strangers() {
        CreatedAccount other = admin().post("/v1/accounts", new CreateAccount("other", null)).as(201, CreatedAccount.class);
        TestClient stranger = with(String.valueOf(other.ownerCredential().value()));
        Model model = stranger.post("/v1/models", new CreateModel(MARK, MARK, TinyKey.ONE.profile())).as(201, Model.class);
        Token token = Samples.token(stranger, MARK);
        var key = Samples.assign(stranger, token.id(), model.id()).evaluationKey();
        execute("update holder set root_fingerprint = ? where id = ?", TinyKey.FINGERPRINT, other.account().defaultHolderId());
        stranger.post("/v1/evaluation-keys/" + key.id() + "/claim", TinyKey.claim(1)).as(200, JsonNode.class);
        // Their rows must not change, however long this takes.
        execute("update evaluation_key set lease_until = now() + interval '1 day' where id = ?", key.id());
        JsonNode upload = stranger.post("/v1/evaluation-keys/" + key.id() + "/uploads", new BeginUpload(1, TinyKey.ONE.size())).as(201, JsonNode.class);
        known.spare(other.account().id());
        theirs("models", model.id());
        theirs("tokens", token.id());
        theirs("evaluation-keys", key.id());
        theirs("holders", other.account().defaultHolderId());
        theirs("credentials", other.ownerCredential().id());
        theirs("uploads", upload.get("id").asText());
        return other;
    }

    private void theirs(String kind, Object id) {
        known.addForeign(kind, id);
        theirs.add(id.toString());
    }

    private Map<Role, String> credentials() {
        Map<Role, String> values = new EnumMap<>(Role.class);
        Account account = owner().get("/v1/account").as(200, Account.class);
        for (Role role : Role.values()) {
            if (role == Role.ADMIN) {
                values.put(role, adminCredential());
                continue;
            }
            Credential made = owner().post("/v1/credentials", new CreateCredential("fuzz " + role, role, role == Role.AGENT ? account.defaultHolderId() : null))
                    .as(201, Credential.class);
            known.spare(made.id());
            values.put(role, String.valueOf(made.value()));
        }
        return values;
    }

    /// What chance would not find: profiles that are allowed, and what is said of a real key.
    private static Map<String, List<JsonNode>> fit() {
        List<JsonNode> profiles = trees(TinyKey.ONE.profile(), TinyKey.OTHER.profile(), EncryptionProfile.ckks(4096, 36, 36, 37));
        Map<String, List<JsonNode>> fit = new HashMap<>();
        fit.put("EncryptionProfile", profiles);
        fit.put("encryptionProfile", profiles);
        fit.put("ClaimEvaluationKey", trees(TinyKey.claim(1), TinyKey.claim(1), TinyKey.claim(2), TinyKey.claim(3)));
        fit.put("BeginUpload", trees(new BeginUpload(1, TinyKey.ONE.size()), new BeginUpload(2, TinyKey.ONE.size())));
        fit.put("CompleteUpload", announcements());
        fit.put("sizeBytes", trees(TinyKey.ONE.size()));
        fit.put("attempt", trees(1));
        fit.put("rootFingerprint", trees(TinyKey.FINGERPRINT));
        fit.put("slug", trees("fuzzed-one", "fuzzed-two", "fuzzed-three"));
        fit.put("role", trees("VIEWER"));
        fit.put("body", trees(
                Map.of("name", "in bulk"), Map.of("modelId", NOBODY), Map.of("modelId", NOBODY, "reassign", true), Map.of("status", "SUSPENDED"),
                Map.of("note", "in bulk"), Map.of()));
        return fit;
    }

    private static List<byte[]> contents() {
        byte[] damaged = TinyKey.ONE.bytes();
        Arrays.fill(damaged, damaged.length - 64, damaged.length, (byte) 0xff);
        byte[] noise = new byte[damaged.length];
        new Random(SEED).nextBytes(noise);
        return List.of(TinyKey.ONE.bytes(), TinyKey.OTHER.bytes(), damaged, noise);
    }

    /// What can be said of the contents: mostly the truth about the real key.
    private static List<JsonNode> announcements() {
        CompleteUpload real = TinyKey.ONE.announced();
        List<CompleteUpload> said = new ArrayList<>(List.of(
                real, real, real, TinyKey.OTHER.announced(),
                new CompleteUpload(real.sha256(), real.sizeBytes(), List.of(), real.holderMac(), null),
                new CompleteUpload(real.sha256(), 1L, real.parts(), real.holderMac(), 0L)));
        CONTENTS.forEach(content ->
                said.add(new CompleteUpload(TinyKey.sha256(content), (long) content.length, real.parts(), real.holderMac(), 1L)));
        return trees(said.toArray());
    }

    private static List<JsonNode> trees(Object... values) {
        return Arrays.stream(values).<JsonNode>map(MAPPER::valueToTree).toList();
    }
}
