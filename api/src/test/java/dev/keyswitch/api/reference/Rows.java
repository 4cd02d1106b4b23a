package dev.keyswitch.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What the API has told and written, read from the database in the words of the reference: numbers instead of ids. For one thread.
final class Rows {

    private static final ObjectMapper JSON = Json.mapper();
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Connection database;

    Rows(Connection database) {
        this.database = database;
    }

    /// @param names numbers of ids
    List<String> events(UUID subject, Calls names) {
        return texts("select type || ' ' || data from outbox where record_key = ? and type like 'dev.keyswitch.%' and topic not like '%.access' order by id", subject.toString()).stream()
                .map(row -> event(row, names))
                .toList();
    }

    private String event(String row, Calls names) {
        int space = row.indexOf(' ');
        String type = row.substring("dev.keyswitch.".length(), space - ".v1".length());
        JsonNode data = json(row.substring(space + 1));
        if (type.startsWith("model.")) {
            return type;
        }
        String where = type + " g" + data.get("generation") + number(" m", data.path("modelId"), names) + number(" from m", data.path("previousModelId"), names);
        if (data.has("cause")) {
            return where + words(" ", data, "mode", "cause", "custody") + " h" + holder(data.path("holderId"), names);
        }
        return data.has("attempt") ? where + words(" ", data, "state") + " a" + data.get("attempt") : where + words(" ", data, "status");
    }

    /// @param column token_id or model_id
    List<String> audit(String column, UUID id, Calls names) {
        String rest = column.equals("model_id") ? " and token_id is null" : "";
        return texts("select action || ' ' || coalesce(before::text, 'null') || E'\\n' || coalesce(after::text, 'null') from audit where " + column + " = ?" + rest + " order by id", id).stream()
                .map(row -> {
                    String action = row.substring(0, row.indexOf(' '));
                    String[] facts = row.substring(action.length() + 1).split("\n");
                    return column.equals("model_id") ? action : action + " " + facts(json(facts[0]), names) + " -> " + facts(json(facts[1]), names);
                })
                .toList();
    }

    private String facts(JsonNode facts, Calls names) {
        StringBuilder text = new StringBuilder();
        if (facts.has("generation")) {
            text.append(" g").append(facts.get("generation"));
        }
        text.append(number(" m", facts.path("modelId"), names)).append(number(" p", facts.path("pendingModelId"), names)).append(words(" ", facts, "state"));
        if (facts.has("attempt")) {
            text.append(" a").append(facts.get("attempt"));
        }
        text.append(words(" ", facts, "status", "custody"));
        if (facts.has("holderId")) {
            text.append(" h").append(holder(facts.get("holderId"), names));
        }
        if (facts.has("graceSeconds")) {
            text.append(" grace").append(facts.get("graceSeconds"));
        }
        return text.toString().strip();
    }

    List<String> history(UUID token, Calls names) {
        return texts("select model_id || ' g' || generation || coalesce(' ' || ended_because, '') from assignment where token_id = ? order by generation", token).stream()
                .map(row -> "m" + names.modelNumbers.get(row.substring(0, 36)) + row.substring(36))
                .toList();
    }

    List<String> keys(UUID token, Calls names) {
        return texts("select model_id || ' g' || generation || ' ' || state || ' a' || attempt || ' ' || custody || ' ' || holder_id from evaluation_key where token_id = ? order by generation", token).stream()
                .map(row -> "m" + names.modelNumbers.get(row.substring(0, 36)) + row.substring(36, row.length() - 36) + "h" + names.holders.indexOf(UUID.fromString(row.substring(row.length() - 36))))
                .toList();
    }

    UUID key(UUID token, long generation) {
        return UUID.fromString(texts("select id::text from evaluation_key where token_id = ? and generation = ?", token, generation).getFirst());
    }

    void awaitJobsOfModel(UUID model) {
        await("select '' from token_job where model_id = ? and finished_at is null", model);
    }

    void awaitJobsOfHolder(UUID holder) {
        await("select '' from token_job where holder_id = ? and finished_at is null", holder);
    }

    void awaitExpired(UUID token) {
        await("select '' from token where id = ? and expiry_told <> 'EXPIRED'", token);
    }

    void loseLease(UUID key) {
        texts("update evaluation_key set lease_until = now() - interval '1 second' where id = ? returning ''", key);
        await("select '' from evaluation_key where id = ? and state = 'GENERATING'", key);
    }

    private void await(String sql, UUID id) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!texts(sql, id).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("does not come to an end: " + sql);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static int holder(JsonNode id, Calls names) {
        return names.holders.indexOf(UUID.fromString(id.asText()));
    }

    private static String number(String prefix, JsonNode id, Calls names) {
        return id.isTextual() ? prefix + names.modelNumbers.get(id.asText()) : "";
    }

    private static String words(String prefix, JsonNode data, String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (data.has(name)) {
                text.append(prefix).append(data.get(name).asText());
            }
        }
        return text.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> texts(String sql, @Nullable Object... parameters) {
        try (var statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
