package dev.keyswitch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.access.AccessDecision.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTableTest {

    private static final String VALUE = "kst_value";
    private final UUID token = UUID.randomUUID();
    private final UUID model = UUID.randomUUID();
    private final UUID key = UUID.randomUUID();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final AccessTable table = new AccessTable(Duration.ofSeconds(2), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @BeforeEach
    void everythingIsFine() {
        tell(5, "ACTIVE", key);
        tellModel(6, "ACTIVE");
        heartbeat(now);
    }

    @Test
    void allowsWhatTheRecordsAllow() {
        AccessDecision decision = table.decide(VALUE, model, key);

        assertThat(decision).isEqualTo(new AccessDecision(true, null, token, key));
        assertThat(table.decide(VALUE, model, null).allowed()).isTrue();
    }

    @Test
    void namesTheFirstThingInTheWay() {
        assertThat(table.decide("kst_other", model, null).reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(table.decide(VALUE, UUID.randomUUID(), null).reason()).isEqualTo(Reason.OTHER_MODEL);
        assertThat(table.decide(VALUE, model, UUID.randomUUID()).reason()).isEqualTo(Reason.OTHER_EVALUATION_KEY);
        tell(7, "SUSPENDED", key);
        assertThat(reason()).isEqualTo(Reason.TOKEN_SUSPENDED);
        tell(8, "CANCELED", key);
        assertThat(reason()).isEqualTo(Reason.TOKEN_CANCELED);
        tell(9, "ENDED", key);
        assertThat(reason()).isEqualTo(Reason.TOKEN_ENDED);
        tell(10, "SOMETHING_NEW", key);
        assertThat(reason()).isEqualTo(Reason.TOKEN_ENDED);
        tell(11, "ACTIVE", null);
        assertThat(reason()).isEqualTo(Reason.EVALUATION_KEY_NOT_READY);
        tellModel(12, "INACTIVE");
        assertThat(reason()).isEqualTo(Reason.MODEL_INACTIVE);
        now = now.plusSeconds(3600);
        heartbeat(now);
        assertThat(reason()).isEqualTo(Reason.TOKEN_EXPIRED);
    }

    @Test
    void aLateRecordBringsNoOldPermissionBack() {
        tell(8, "SUSPENDED", key);

        tell(5, "ACTIVE", key);
        tell(8, "SUSPENDED", key);

        assertThat(reason()).isEqualTo(Reason.TOKEN_SUSPENDED);
    }

    @Test
    void refusesEverythingWhenNobodyHasSpokenForTooLong() {
        now = now.plusMillis(2000);
        assertThat(table.decide(VALUE, model, key).allowed()).isTrue();
        now = now.plusMillis(1);

        assertThat(reason()).isEqualTo(Reason.NOT_CURRENT);
        assertThat(table.isCurrent()).isFalse();
    }

    @Test
    void anOldHeartbeatThatComesLateDoesNotTurnTheClockBack() {
        heartbeat(now.minusSeconds(60));

        assertThat(table.decide(VALUE, model, key).allowed()).isTrue();
    }

    @Test
    void refusesEverythingWhenTheClocksDisagree() {
        heartbeat(now.plusSeconds(60));

        assertThat(reason()).isEqualTo(Reason.NOT_CURRENT);
    }

    @Test
    void refusesAValueWhoseRecordItDoesNotUnderstand() {
        assertThatThrownBy(() -> table.apply(hash(), "{\"revision\":9,\"tokenId\":{}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(table.decide(VALUE, model, key).allowed()).isFalse();

        tell(10, "ACTIVE", key);
        assertThat(table.decide(VALUE, model, key).allowed()).isTrue();
        assertThatThrownBy(() -> table.apply("model:" + model, "?".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(reason()).isEqualTo(Reason.MODEL_INACTIVE);
    }

    @Test
    void forgetsWhatIsToBeForgotten() {
        table.apply(hash(), null);

        assertThat(reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(table.tokens()).isZero();
    }

    @Test
    void knowsNothingWhenItBeginsAnew() {
        table.clear();

        assertThat(reason()).isEqualTo(Reason.NOT_CURRENT);
    }

    private Reason reason() {
        AccessDecision decision = table.decide(VALUE, model, key);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.evaluationKeyId()).isNull();
        return decision.reason();
    }

    private void tell(long revision, String status, UUID evaluationKey) {
        table.apply(hash(), """
                {"revision": %d, "tokenId": "%s", "status": "%s", "modelId": "%s", "evaluationKeyId": %s, "expiresAt": %d}
                """.formatted(
                        revision,
                        token,
                        status,
                        model,
                        evaluationKey == null ? "null" : '"' + evaluationKey.toString() + '"',
                        Instant.parse("2026-01-01T13:00:00Z").toEpochMilli())
                .getBytes(StandardCharsets.UTF_8));
    }

    private void tellModel(long revision, String status) {
        table.apply(
                "model:" + model,
                "{\"revision\":%d,\"modelId\":\"%s\",\"status\":\"%s\"}"
                        .formatted(revision, model, status)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void heartbeat(Instant at) {
        table.apply("heartbeat", ("{\"at\":" + at.toEpochMilli() + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(VALUE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
