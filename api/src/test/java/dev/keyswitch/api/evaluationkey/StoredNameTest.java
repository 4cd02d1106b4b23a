package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.EvaluationKeyId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNameTest {

    @Test
    void isReadBackAsItWasWritten() {
        StoredName name = new StoredName(new EvaluationKeyId(UUID.randomUUID()), 12);

        assertThat(StoredName.ofText(name.text())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "readme.txt",
                "0190163d-8694-739b-aea5-966c26f8ad91",
                "0190163d-8694-739b-aea5-966c26f8ad91-0",
                "0190163d-8694-739b-aea5-966c26f8ad91-9999999999",
                "0190163d-8694-739b-aea5-966c26f8ad9--1",
                "0190163d-8694-739b-aea5-966c26f8ad91-1.tmp",
                "../0190163d-8694-739b-aea5-966c26f8ad91-1",
            })
    void doesNotTakeOtherFilesForOurs(String name) {
        assertThat(StoredName.ofText(name)).isEmpty();
    }
}
