package dev.keyswitch.console.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.console.token.TokenRow;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyViewTest {

    private static final Instant ASKED = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @EnumSource(EvaluationKeyState.class)
    void everyStateHasAWordAShapeAndAColour(EvaluationKeyState state) {
        KeyView view = KeyView.of(token(key(state, 1, null), Custody.AGENT));

        assertThat(view.word()).isNotBlank();
        assertThat(view.shape()).isNotBlank();
        assertThat(view.tone()).isNotBlank();
        assertThat(view.moving())
                .isEqualTo(state == EvaluationKeyState.REQUESTED || state == EvaluationKeyState.GENERATING);
    }

    @Test
    void aReadyKeyTellsItsSizeAndHowLongItTook() {
        KeyView view = KeyView.of(token(key(EvaluationKeyState.READY, 1, null), Custody.AGENT));

        assertThat(view.detail()).isEqualTo("12.4 MB, made in 4.2 s");
        assertThat(KeyPart.of(token(key(EvaluationKeyState.READY, 1, null), Custody.AGENT), null).announcement()).isEqualTo("The evaluation key of alice is ready.");
    }

    @Test
    void aFailedKeyTellsWhyAndCanBeAskedForAgain() {
        KeyView view = KeyView.of(token(key(EvaluationKeyState.FAILED, 3, "disk full"), Custody.AGENT));

        assertThat(view.detail()).isEqualTo("disk full");
        assertThat(view.canRetry()).isTrue();
    }

    @Test
    void aWaitingKeySaysForWhom() {
        EvaluationKey requested = key(EvaluationKeyState.REQUESTED, 0, null);

        assertThat(KeyView.of(token(requested, Custody.AGENT)).detail()).contains("worker");
        assertThat(KeyView.of(token(requested, Custody.HOLDER)).detail()).isEqualTo("for the key holder");
    }

    @Test
    void anActiveTokenWhoseTimeIsOverIsCalledExpired() {
        TokenRow row = TokenRow.of(token(null, Custody.AGENT), ASKED.plusSeconds(120));

        assertThat(row.statusWord()).isEqualTo("Expired");
        assertThat(row.key().word()).isEqualTo("No key");
    }

    private static EvaluationKey key(EvaluationKeyState state, int attempt, @Nullable String failure) {
        boolean ready = state == EvaluationKeyState.READY;
        return new EvaluationKey(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 1, state, attempt, 40,
                ready ? 12_400_000L : null, null, null, null, List.of(), ASKED, null,
                ready ? ASKED.plusMillis(4200) : null, null, "worker-1", failure);
    }

    private static Token token(@Nullable EvaluationKey key, Custody custody) {
        return new Token(
                UUID.randomUUID(), "alice", "", TokenStatus.ACTIVE, custody, UUID.randomUUID(), ASKED,
                ASKED.plusSeconds(60), null, null, 1, null, key, null, "abcd", null, null);
    }
}
