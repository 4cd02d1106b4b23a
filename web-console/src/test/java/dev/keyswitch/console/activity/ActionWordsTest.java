package dev.keyswitch.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.audit.AuditedChange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionWordsTest {

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, SUSPENDED, suspended {token}",
        "SUSPENDED, ACTIVE, resumed {token}",
        "SUSPENDED, CANCELED, canceled {token}",
        "CANCELED, ACTIVE, reinstated {token}"
    })
    void aChangeOfStatusIsCalledByItsName(String before, String after, String words) {
        assertThat(ActionWords.of(change("token.changed", Map.of("status", before), Map.of("status", after))))
                .isEqualTo(words);
    }

    @Test
    void aKindThatIsNotKnownYetIsShownAsItIs() {
        assertThat(ActionWords.of(change("planet.discovered", Map.of(), Map.of()))).isEqualTo("planet.discovered");
    }

    @Test
    void filtersOfferKindsInWords() {
        assertThat(ActionWords.title("evaluation-key.ready")).isEqualTo("Evaluation key ready");
    }

    private static AuditedChange change(String action, Map<String, Object> before, Map<String, Object> after) {
        return new AuditedChange(Instant.EPOCH, "ada", null, action, null, null, null, before, after);
    }
}
