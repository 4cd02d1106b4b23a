package dev.keyswitch.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.contract.access.AccessRecordKeys;
import dev.keyswitch.contract.event.Topics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// Compares an account's access topic, read from its beginning as a model server would, with the rows that decide. The rows are
/// asked as introspection asks them, not as the records were made. For a running system: what differs because it has just changed
/// is looked at again.
public final class AccessReconciliation {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOOKS = 4;

    private final Connection database;
    private final String kafkaBootstrap;
    private final String account;
    private final ObjectMapper json = new ObjectMapper();

    /// @param database not in a transaction; stays open
    /// @param account slug
    public AccessReconciliation(Connection database, String kafkaBootstrap, String account) {
        this.database = database;
        this.kafkaBootstrap = kafkaBootstrap;
        this.account = account;
    }

    /// @param database what the rows say; null: nothing
    /// @param topic what the topic says; null: nothing
    public record Difference(String recordKey, @Nullable String database, @Nullable String topic) {}

    /// Empty if all is equal.
    ///
    /// @throws IllegalStateException if the topic does not become complete within a minute
    public List<Difference> differences() throws SQLException {
        List<Difference> found = List.of();
        for (int look = 0; look < LOOKS; look++) {
            Truth truth = truth();
            found = compare(truth, told(truth.asOf()));
            if (found.isEmpty()) {
                break;
            }
        }
        return found;
    }

    private record Truth(Instant asOf, Map<String, String> decisions) {}

    private Truth truth() throws SQLException {
        try (var statement = database.prepareStatement("""
                with present as materialized (select clock_timestamp() as at)
                select (select at from present), encode(t.value_hash, 'hex'), t.status, t.model_id::text, k.id::text,
                    floor(extract(epoch from t.expires_at) * 1000)::bigint
                from token t
                join account a on a.id = t.account_id and a.slug = ?
                left join evaluation_key k on k.token_id = t.id and k.generation = t.active_generation
                    and k.model_id = t.model_id and k.state = 'READY'
                where t.deleted_at is null
                union all
                select (select at from present), encode(t.previous_value_hash, 'hex'), t.status, t.model_id::text,
                    k.id::text,
                    floor(extract(epoch from least(t.expires_at, t.previous_value_until)) * 1000)::bigint
                from token t
                join account a on a.id = t.account_id and a.slug = ?
                left join evaluation_key k on k.token_id = t.id and k.generation = t.active_generation
                    and k.model_id = t.model_id and k.state = 'READY'
                where t.deleted_at is null and t.previous_value_hash is not null
                union all
                select (select at from present), 'model:' || m.id,
                    case when m.deleted_at is not null then 'DELETED' when a.suspended_at is not null then 'INACTIVE' else m.status end,
                    null, null, null
                from model m
                join account a on a.id = m.account_id and a.slug = ?
                """)) {
            for (int i = 1; i <= 3; i++) {
                statement.setString(i, account);
            }
            Instant asOf = Instant.now();
            Map<String, String> decisions = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    asOf = rows.getObject(1, OffsetDateTime.class).toInstant();
                    decisions.put(
                            rows.getString(2),
                            decision(rows.getString(3), rows.getString(4), rows.getString(5), rows.getString(6)));
                }
            }
            return new Truth(asOf, decisions);
        }
    }

    private static String decision(
            String status, @Nullable String model, @Nullable String key, @Nullable String expiresAt) {
        return status + " model=" + model + " key=" + key + " until=" + expiresAt;
    }

    /// By record key, what the highest revision says, once the topic is complete up to that moment.
    private Map<String, JsonNode> told(Instant asOf) {
        Map<String, JsonNode> told = new HashMap<>();
        Instant deadline = Instant.now().plus(PATIENCE);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafkaBootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(Topics.access(account), 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            boolean complete = false;
            while (!complete) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("the access topic of " + account + " does not become complete");
                }
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.key().equals(AccessRecordKeys.HEARTBEAT)) {
                        complete = complete || read(record.value()).path("at").asLong() >= asOf.toEpochMilli();
                    } else if (record.value() == null) {
                        told.remove(record.key());
                    } else if (!complete) {
                        told.merge(record.key(), read(record.value()), AccessReconciliation::newer);
                    }
                }
            }
        }
        return told;
    }

    private static JsonNode newer(JsonNode one, JsonNode other) {
        return one.path("revision").asLong() >= other.path("revision").asLong() ? one : other;
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the access topic has something that is no record", e);
        }
    }

    private static List<Difference> compare(Truth truth, Map<String, JsonNode> told) {
        List<Difference> differences = new ArrayList<>();
        truth.decisions().forEach((recordKey, wanted) -> {
            Optional<JsonNode> record = Optional.ofNullable(told.get(recordKey));
            String said = record.map(AccessReconciliation::decision).orElse(null);
            boolean deniedBySilence = record.isEmpty() && (wanted.contains("model=null key") || isOver(wanted, truth.asOf()));
            if (!wanted.equals(said) && !(deniedBySilence && !AccessRecordKeys.isModel(recordKey))) {
                differences.add(new Difference(recordKey, wanted, said));
            }
        });
        told.forEach((recordKey, record) -> {
            if (!truth.decisions().containsKey(recordKey) && !record.path("status").asText().equals("ENDED")) {
                differences.add(new Difference(recordKey, null, decision(record)));
            }
        });
        return differences;
    }

    private static boolean isOver(String decision, Instant asOf) {
        String until = decision.substring(decision.indexOf("until=") + "until=".length());
        return !until.equals("null") && Long.parseLong(until) < asOf.toEpochMilli();
    }

    private static String decision(JsonNode record) {
        return decision(
                record.path("status").asText(),
                text(record.path("modelId"), record.has("expiresAt")),
                text(record.path("evaluationKeyId"), true),
                record.has("expiresAt") ? record.path("expiresAt").asText() : null);
    }

    /// A model's record names the model, which its record key does too.
    private static @Nullable String text(JsonNode field, boolean ofToken) {
        return ofToken && field.isTextual() ? field.asText() : null;
    }
}
