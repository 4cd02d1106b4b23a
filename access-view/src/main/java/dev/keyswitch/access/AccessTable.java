package dev.keyswitch.access;

import dev.keyswitch.access.AccessDecision.Reason;
import dev.keyswitch.contract.access.AccessRecordKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The records of the topic as a table, and the decisions from it. Written by one thread, asked by any number.
///
/// Of each record key the highest revision counts: one that comes late, or twice, changes nothing.
final class AccessTable {

    private record ModelAccess(long revision, boolean active) {}

    private final Map<TokenHash, TokenAccess> tokens = new ConcurrentHashMap<>();
    private final Map<UUID, ModelAccess> models = new ConcurrentHashMap<>();
    private final long limitMillis;
    private final Clock clock;
    private volatile long completeAt = Long.MIN_VALUE;

    AccessTable(Duration limit, Clock clock) {
        this.limitMillis = limit.toMillis();
        this.clock = clock;
    }

    /// @param value null: what was known of this record key may be forgotten
    /// @throws IllegalArgumentException if the record cannot be understood; its token is refused from now on
    void apply(String recordKey, byte @Nullable [] value) {
        if (recordKey.equals(AccessRecordKeys.HEARTBEAT)) {
            if (value != null) {
                completeAt = Math.max(completeAt, Long.parseLong(TokenAccess.required(FlatJson.read(value), "at")));
            }
        } else if (AccessRecordKeys.isModel(recordKey)) {
            applyModel(UUID.fromString(recordKey.substring(recordKey.indexOf(':') + 1)), value);
        } else {
            applyToken(TokenHash.ofHex(recordKey), value);
        }
    }

    private void applyToken(TokenHash hash, byte @Nullable [] value) {
        if (value == null) {
            tokens.remove(hash);
            return;
        }
        try {
            TokenAccess told = TokenAccess.read(FlatJson.read(value));
            tokens.merge(hash, told, (known, fresh) -> fresh.revision() > known.revision() ? fresh : known);
        } catch (IllegalArgumentException e) {
            tokens.put(hash, TokenAccess.notUnderstood());
            throw e;
        }
    }

    private void applyModel(UUID model, byte @Nullable [] value) {
        if (value == null) {
            models.remove(model);
            return;
        }
        try {
            Map<String, String> fields = FlatJson.read(value);
            ModelAccess told = new ModelAccess(
                    Long.parseLong(TokenAccess.required(fields, "revision")),
                    TokenAccess.required(fields, "status").equals("ACTIVE"));
            models.merge(model, told, (known, fresh) -> fresh.revision() > known.revision() ? fresh : known);
        } catch (IllegalArgumentException e) {
            models.put(model, new ModelAccess(0, false));
            throw e;
        }
    }

    /// Begins anew: nothing is known, and so everything is refused.
    void clear() {
        completeAt = Long.MIN_VALUE;
        tokens.clear();
        models.clear();
    }

    boolean isCurrent() {
        return isCurrent(clock.millis());
    }

    /// A heartbeat from the future means that one of the clocks is wrong; then its age says nothing.
    private boolean isCurrent(long now) {
        long at = completeAt;
        return at != Long.MIN_VALUE && now - at <= limitMillis && at - now <= limitMillis;
    }

    int tokens() {
        return tokens.size();
    }

    /// @param key the evaluation key the query was made for, if it names one
    AccessDecision decide(String tokenValue, UUID model, @Nullable UUID key) {
        long now = clock.millis();
        if (!isCurrent(now)) {
            return AccessDecision.no(Reason.NOT_CURRENT, null);
        }
        TokenAccess token = tokens.get(TokenHash.ofValue(tokenValue));
        if (token == null) {
            return AccessDecision.no(Reason.UNKNOWN, null);
        }
        Reason obstacle = obstacle(token, model, key, now);
        return obstacle == null
                ? new AccessDecision(true, null, token.tokenId(), token.evaluationKeyId())
                : AccessDecision.no(obstacle, token.tokenId());
    }

    private @Nullable Reason obstacle(TokenAccess token, UUID model, @Nullable UUID key, long now) {
        if (token.standing() != null) {
            return token.standing();
        }
        if (now >= token.expiresAt()) {
            return Reason.TOKEN_EXPIRED;
        }
        if (token.modelId() == null) {
            return Reason.TOKEN_UNASSIGNED;
        }
        if (!token.modelId().equals(model)) {
            return Reason.OTHER_MODEL;
        }
        ModelAccess known = models.get(model);
        if (known == null || !known.active()) {
            return Reason.MODEL_INACTIVE;
        }
        if (token.evaluationKeyId() == null) {
            return Reason.EVALUATION_KEY_NOT_READY;
        }
        if (key != null && !key.equals(token.evaluationKeyId())) {
            return Reason.OTHER_EVALUATION_KEY;
        }
        return null;
    }
}
