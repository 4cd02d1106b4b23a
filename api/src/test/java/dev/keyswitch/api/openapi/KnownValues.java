package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ids and other values that the API has answered, to be sent back to it: calls with made-up ones do not get far. Of each kind so
/// many are kept, and chance decides which. For many threads.
final class KnownValues {

    private static final int KEPT = 60;
    private static final Set<String> FACTS = Set.of(
            "attempt", "generation", "sizeBytes", "sha256", "rootFingerprint", "offset", "nextCursor", "action", "name", "worker", "generatedBy");
    private static final Set<String> KINDS = Set.of("tokens", "models", "holders", "evaluation-keys", "credentials", "uploads", "accounts");

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();
    private final Map<String, List<String>> foreign = new ConcurrentHashMap<>();
    private final Set<String> never = ConcurrentHashMap.newKeySet();

    /// An id of somebody else, which is sent now and then for ever.
    void addForeign(String kind, Object value) {
        foreign.computeIfAbsent(kind, _ -> new ArrayList<>()).add(value.toString());
    }

    /// What is gone leads nowhere any more.
    void forget(String kind, String value) {
        known.computeIfPresent(kind, (_, values) -> {
            synchronized (values) {
                values.remove(value);
            }
            return values;
        });
    }

    /// This one is not to be sent: without it the calls would come to an end.
    void spare(Object value) {
        never.add(value.toString());
    }

    void add(String kind, Object value, Random random) {
        String text = value.toString();
        if (never.contains(text)) {
            return;
        }
        List<String> values = known.computeIfAbsent(kind, _ -> new ArrayList<>());
        synchronized (values) {
            values.remove(text);
            values.add(text);
            if (values.size() > KEPT) {
                values.remove(random.nextInt(KEPT));
            }
        }
    }

    Optional<String> any(String kind, Random random) {
        List<String> strange = foreign.getOrDefault(kind, List.of());
        if (!strange.isEmpty() && random.nextInt(20) == 0) {
            return Optional.of(strange.get(random.nextInt(strange.size())));
        }
        List<String> values = known.getOrDefault(kind, List.of());
        synchronized (values) {
            if (values.isEmpty()) {
                return Optional.empty();
            }
            // What is new can still become something.
            return Optional.of(random.nextInt(3) == 0 ? values.getLast() : values.get(random.nextInt(values.size())));
        }
    }

    /// What a field or parameter of this name holds the id of; its own name if no id.
    static String kindOf(String name) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "modelid", "modelids", "currentmodelid" -> "models";
            case "tokenid" -> "tokens";
            case "holderid", "defaultholderid" -> "holders";
            case "evaluationkeyid" -> "evaluation-keys";
            case "credentialid", "actor" -> "credentials";
            case "subject" -> "tokens";
            case "cursor" -> "nextCursor";
            case "expectedsizebytes" -> "sizeBytes";
            default -> name;
        };
    }

    /// Takes in what an answer tells.
    ///
    /// @param kind of what an `id` at the top of it names
    void learn(JsonNode answer, String kind, Random random) {
        answer.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                learn(value, switch (name) {
                    case "evaluationKey", "evaluation_key" -> "evaluation-keys";
                    case "ownerCredential" -> "credentials";
                    default -> kind;
                }, random);
            } else if (value.isArray()) {
                value.forEach(item -> learn(item, kind, random));
            } else if (name.equals("value") && value.isTextual()) {
                add(value.asText().substring(0, 3), value.asText(), random);
            } else if (!value.isNull()) {
                String of = name.equals("id") ? kind : kindOf(name);
                if (KINDS.contains(of) || FACTS.contains(of)) {
                    add(of, value.asText(), random);
                }
            }
        });
    }
}
