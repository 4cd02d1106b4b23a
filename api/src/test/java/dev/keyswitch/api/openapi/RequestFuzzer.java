package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.contract.account.Role;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes requests from the description: whole ones with ids that exist, so that they get far, and spoilt ones. Nothing in here knows
/// of a single operation; what would take too much luck to find is handed in.
final class RequestFuzzer {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");
    private static final List<String> TYPES = List.of(
            "application/json", "application/merge-patch+json", "application/x-www-form-urlencoded", "application/octet-stream", "text/plain", "multipart/form-data; boundary=x",
            "application/json; charset=utf-16", "application/json; charset=nonsense", "application/problem+json", "*/*", "nonsense", "", "application/xml", "application/json, text/html");
    private static final List<String> HEADERS = List.of(
            "If-Match", "If-None-Match", "If-Range", "Range", "Upload-Offset", "Last-Event-ID", "Idempotency-Key", "Accept", "Accept-Encoding", "traceparent", "tracestate",
            "X-Request-Id", "Authorization", "Cookie", "Origin", "Content-Encoding", "X-HTTP-Method-Override", "Forwarded", "Accept-Language", "Prefer");
    private static final List<String> FIT = List.of(
            "\"0\"", "\"1\"", "*", "W/\"1\"", "\"0\", \"1\"", "bytes=0-9", "bytes=5-", "bytes=-5", "bytes=9-1", "bytes=0-0,2-2", "bytes=99999999999999999999-", "0", "1", "-1", "gzip",
            "bytes=0-", "bytes=-0", "bytes=0-0", "bytes=-99999999999", "bytes=1-1,1-1", "bytes=5-9,", "Bytes=0-9", "bytes = 0-9", "items=0-9", "bytes=0-9223372036854775807",
            "identity", "text/html", "application/json;q=0", "*/*", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01", "99999999999999999999", "DELETE", "Bearer ", "Bearer x", "Basic eDp5");

    private final List<DescribedOperation> operations;
    private final Instances instances;
    private final KnownValues known;
    private final Map<Role, String> credentials;
    private final List<byte[]> contents;

    /// @param contents bytes that are evaluation keys, and some that are nearly
    RequestFuzzer(List<DescribedOperation> operations, Instances instances, KnownValues known, Map<Role, String> credentials, List<byte[]> contents) {
        this.operations = operations;
        this.instances = instances;
        this.known = known;
        this.credentials = credentials;
        this.contents = List.copyOf(contents);
    }

    /// A request as it goes over the wire.
    ///
    /// @param operation for which it was made; what it became may be for another or for none
    /// @param path as the server reads it
    record Sent(DescribedOperation operation, @Nullable Role role, String method, String path, byte[] bytes) {

        /// To be read, and sent again with `printf`.
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (byte one : Arrays.copyOf(bytes, Math.min(bytes.length, 3000))) {
                int c = one & 0xff;
                text.append(c == '\\' ? "\\\\" : c >= 0x20 && c < 0x7f || c == '\n' ? String.valueOf((char) c) : c == '\r' ? "" : String.format("\\x%02x", c));
            }
            return text.toString().replaceAll("Bearer (ksm|kst)_[A-Za-z0-9]+", "Bearer $1_…");
        }
    }

    private record Field(String name, String value) {}

    private static final class Draft {
        private final DescribedOperation operation;
        private String method;
        private String path;
        private final List<Field> query = new ArrayList<>();
        private final List<Field> headers = new ArrayList<>();
        private byte @Nullable [] body;
        private @Nullable Role role;

        Draft(DescribedOperation operation) {
            this.operation = operation;
            this.method = operation.method();
            this.path = operation.path();
        }
    }

    Sent next(Random random) {
        Draft draft = new Draft(operations.get(random.nextInt(operations.size())));
        int spoils = random.nextInt(5) < 2 ? 0 : random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
        address(draft, random);
        authorize(draft, random);
        body(draft, random, spoils);
        for (int i = 0; i < spoils; i++) {
            spoil(draft, random);
        }
        return written(draft, random);
    }

    private void address(Draft draft, Random random) {
        draft.operation.facts().path("parameters").forEach(parameter -> {
            String name = parameter.get("name").asText();
            switch (parameter.get("in").asText()) {
                case "path" -> draft.path = draft.path.replace("{" + name + "}", known.any(draft.operation.kind(), random).orElse(UUID.randomUUID().toString()));
                case "query" -> {
                    if (random.nextInt(4) == 0) {
                        draft.query.add(new Field(name, instances.parameter(parameter, random)));
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        draft.headers.add(new Field(name, header(name, random)));
                    }
                }
            }
        });
    }

    private static String header(String name, Random random) {
        if (name.equals("Idempotency-Key")) {
            // Sometimes one that was there before.
            return random.nextBoolean() ? new UUID(random.nextLong(), random.nextLong()).toString() : "0190163d-8694-739b-aea5-" + (100000000000L + random.nextInt(300));
        }
        return random.nextInt(4) == 0 ? Hostile.text(random) : FIT.get(random.nextInt(FIT.size()));
    }

    private void authorize(Draft draft, Random random) {
        if (draft.operation.isForTokens() && random.nextInt(4) > 0) {
            draft.headers.add(new Field("Authorization", "Bearer " + known.any("kst", random).orElse("none")));
            return;
        }
        List<Role> roles = Arrays.stream(Role.values()).filter(role -> draft.operation.isFor(role) || random.nextInt(30) == 0).toList();
        if (!roles.isEmpty() && random.nextInt(60) > 0) {
            // Most things can be done by owners.
            Role role = roles.contains(Role.OWNER) && random.nextInt(3) > 0 ? Role.OWNER : roles.get(random.nextInt(roles.size()));
            draft.role = role;
            draft.headers.add(new Field("Authorization", "Bearer " + credentials.get(role)));
        }
    }

    private void body(Draft draft, Random random, int spoils) {
        String type = draft.operation.bodyType();
        if (type == null) {
            if (random.nextInt(40) == 0) {
                draft.body = Hostile.bytes(Hostile.text(random));
            }
            return;
        }
        draft.headers.add(new Field("Content-Type", type));
        JsonNode made = instances.body(draft.operation.body(), draft.operation.facts().get("operationId").asText(), random);
        if (type.equals("application/octet-stream")) {
            draft.body = random.nextInt(6) > 0 ? piece(draft, random) : Hostile.bytes(Hostile.text(random));
        } else if (type.contains("form")) {
            draft.body = Hostile.bytes(made.properties().stream()
                    .map(field -> field.getKey() + "=" + Hostile.escaped(field.getKey().equals("token") ? known.any("kst", random).orElse("x") : field.getValue().asText(), random))
                    .collect(Collectors.joining("&")));
        } else {
            StringBuilder text = new StringBuilder(json(made, random, spoils));
            for (int more = type.contains("ndjson") ? random.nextInt(6) : 0; more > 0; more--) {
                text.append(random.nextInt(8) == 0 ? "\r\n\n" : "\n").append(json(instances.body(draft.operation.body(), "line", random), random, random.nextInt(2)));
            }
            draft.body = Hostile.bytes(text.toString());
        }
    }

    /// All of a content, or one of its halves, mostly for the place where it belongs.
    private byte[] piece(Draft draft, Random random) {
        byte[] content = contents.get(random.nextInt(3) > 0 ? 0 : random.nextInt(contents.size()));
        int half = content.length / 2;
        int from = random.nextInt(3) == 0 ? half : 0;
        int to = from == 0 && random.nextBoolean() ? half : content.length;
        draft.headers.removeIf(header -> header.name().equals("Upload-Offset"));
        draft.headers.add(new Field("Upload-Offset", String.valueOf(switch (random.nextInt(16)) {
            case 0 -> (long) from + 1;
            case 1 -> (long) from - 1;
            case 2 -> (long) content.length;
            case 3 -> random.nextLong();
            default -> (long) from;
        })));
        return Arrays.copyOfRange(content, from, to);
    }

    private String json(JsonNode made, Random random, int spoils) {
        for (int i = 0; made instanceof ObjectNode tree && i < spoils && random.nextInt(3) > 0; i++) {
            instances.spoil(tree, random);
        }
        return new JsonText(random, spoils > 0 && random.nextInt(10) == 0).of(made);
    }

    private void spoil(Draft draft, Random random) {
        switch (random.nextInt(14)) {
            case 0 -> spoilPath(draft, random);
            case 1, 2 -> draft.query.add(new Field(parameterName(draft, random), Hostile.text(random)));
            case 3 -> {
                if (!draft.query.isEmpty()) {
                    draft.query.add(draft.query.get(random.nextInt(draft.query.size())));
                }
            }
            case 4, 5 -> {
                String name = HEADERS.get(random.nextInt(HEADERS.size()));
                draft.headers.add(new Field(name, header(name, random)));
            }
            case 6 -> {
                if (!draft.headers.isEmpty()) {
                    draft.headers.add(draft.headers.get(random.nextInt(draft.headers.size())));
                }
            }
            case 7 -> {
                if (!draft.headers.isEmpty()) {
                    draft.headers.remove(random.nextInt(draft.headers.size()));
                }
            }
            case 8 -> {
                draft.headers.removeIf(header -> header.name().equals("Content-Type"));
                draft.headers.add(new Field("Content-Type", TYPES.get(random.nextInt(TYPES.size()))));
            }
            case 9 -> draft.method = random.nextInt(3) == 0 ? METHODS.get(random.nextInt(METHODS.size())) : draft.method;
            default -> spoilBytes(draft, random);
        }
    }

    private void spoilPath(Draft draft, Random random) {
        List<String> parts = new ArrayList<>(List.of(draft.path.split("/", -1)));
        int at = parts.size() > 3 ? 3 : parts.size() - 1;
        parts.set(at, switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> parts.get(at).toUpperCase(java.util.Locale.ROOT);
            case 2 -> parts.get(at).replace("-", "");
            case 3 -> "%" + Hostile.escaped(Hostile.text(random), random);
            case 4 -> parts.get(at) + "%00";
            case 5 -> Hostile.inLine(Hostile.text(random)).replaceAll("[ ?#]", "");
            default -> Hostile.escaped(Hostile.text(random), random);
        });
        draft.path = String.join("/", parts);
    }

    private String parameterName(Draft draft, Random random) {
        List<String> names = new ArrayList<>(List.of("limit", "q", "dryRun", Hostile.text(random)));
        draft.operation.facts().path("parameters").forEach(parameter -> names.add(parameter.get("name").asText()));
        return names.get(random.nextInt(names.size()));
    }

    private static void spoilBytes(Draft draft, Random random) {
        byte[] body = draft.body;
        if (body == null || body.length == 0) {
            return;
        }
        draft.body = switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(body, random.nextInt(body.length));
            case 1, 2 -> flipped(body, random);
            case 3 -> joined(body, Hostile.bytes(Hostile.text(random)));
            case 4 -> joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, body);
            case 5 -> new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 6 -> joined(joined(new byte[] {'['}, body), new byte[] {']'});
            case 7 -> random.nextInt(40) == 0 ? joined(body, " ".repeat((1 << 20) + 1).getBytes(StandardCharsets.US_ASCII)) : body;
            default -> new byte[0];
        };
    }

    private static byte[] flipped(byte[] body, Random random) {
        byte[] flipped = body.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
        }
        return flipped;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static Sent written(Draft draft, Random random) {
        String query = draft.query.stream()
                .map(field -> Hostile.escaped(field.name(), random) + "=" + (random.nextInt(20) == 0 ? "%" : "") + Hostile.escaped(field.value(), random))
                .collect(Collectors.joining("&"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        line(bytes, draft.method + " " + draft.path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1");
        line(bytes, "Host: keyswitch");
        draft.headers.forEach(header -> line(bytes, header.name() + ": " + Hostile.inLine(header.value())));
        byte[] body = draft.body == null ? new byte[0] : draft.body;
        if (draft.body != null || draft.operation.bodyType() != null) {
            line(bytes, "Content-Length: " + body.length);
        }
        line(bytes, "");
        bytes.writeBytes(body);
        // White space ends the target, whatever kind it is.
        return new Sent(draft.operation, draft.role, draft.method, draft.path.split("[\\t\\x0b\\f]", 2)[0], bytes.toByteArray());
    }

    private static void line(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(Hostile.bytes(text));
        bytes.writeBytes(new byte[] {'\r', '\n'});
    }
}
