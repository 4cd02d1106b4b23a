package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ContentIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);
    private static final String TAG = '"' + sha256(KEY) + '"';
    private final AtomicReference<Wanted> shared = new AtomicReference<>();

    @Test
    void answersAllBytesToEveryRoleThatNeedsThem() {
        Wanted wanted = stored();

        for (TestClient client : Arrays.asList(owner(), agent(), newCredential("GATEWAY", account(), null))) {
            Answer answer = client.get(path(wanted) + "/content");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.bytes()).isEqualTo(KEY);
            assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(KEY.length));
            assertThat(answer.header("ETag")).isEqualTo(TAG);
            assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        }
    }

    @Test
    void answersARange() {
        Answer middle = content("Range", "bytes=1000-1999");
        Answer end = content("Range", "bytes=-10");
        Answer rest = content("Range", "bytes=" + (KEY.length - 5) + "-");

        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.bytes()).isEqualTo(slice(KEY, 1000, 2000));
        assertThat(middle.header("Content-Range")).isEqualTo("bytes 1000-1999/" + KEY.length);
        assertThat(middle.header("Content-Length")).isEqualTo("1000");
        assertThat(end.bytes()).isEqualTo(slice(KEY, KEY.length - 10, KEY.length));
        assertThat(rest.bytes()).isEqualTo(slice(KEY, KEY.length - 5, KEY.length));
    }

    @Test
    void refusesARangeOutsideAndIgnoresWhatItDoesNotServe() {
        content("Range", "bytes=" + KEY.length + "-").problem(416, "range-not-satisfiable");

        assertThat(content("Range", "bytes=0-1,5-6").bytes()).isEqualTo(KEY);
        assertThat(content("Range", "nonsense").status()).isEqualTo(200);
    }

    @Test
    void answersARangeOnlyOfTheContentThatTheCallerBegan() {
        Wanted wanted = stored();
        var request = owner().request(path(wanted) + "/content").header("Range", "bytes=5-9");

        assertThat(owner().send(request.copy().header("If-Range", TAG)).status()).isEqualTo(206);
        assertThat(owner().send(request.copy().header("If-Range", "\"other\"")).bytes()).isEqualTo(KEY);
    }

    @Test
    void answersNothingToWhoHasItAlready() {
        for (String known : new String[] {TAG, "W/" + TAG, "\"x\", " + TAG, "*"}) {
            Answer answer = content("If-None-Match", known);
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.bytes()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(TAG);
        }
        assertThat(content("If-None-Match", "\"x\"").status()).isEqualTo(200);
    }

    @Test
    void answersASupersededKeyAsLongAsItsBytesAreThereAndARevokedOneNever() {
        Wanted wanted = wanted();
        ready(agent(), wanted, KEY);
        String content = path(wanted) + "/content";

        execute("update evaluation_key set state = 'SUPERSEDED', ended_at = now() where id = ?", wanted.id());
        assertThat(owner().get(content).bytes()).isEqualTo(KEY);
        execute("update evaluation_key set state = 'REVOKED' where id = ?", wanted.id());
        owner().get(content).problem(409, "evaluation-key-state");
    }

    @Test
    void saysThatThereAreNoBytesYet() {
        Wanted wanted = wanted();

        assertThat(owner().get(path(wanted) + "/content").problem(409, "evaluation-key-state").facts())
                .containsEntry("state", "REQUESTED");
        assertThat(owner().get(path(wanted)).as(200, EvaluationKey.class).sha256()).isNull();
    }

    private Wanted stored() {
        return java.util.Objects.requireNonNull(shared.updateAndGet(before -> before != null ? before : create()));
    }

    private Wanted create() {
        Wanted wanted = wanted();
        ready(agent(), wanted, KEY);
        return wanted;
    }

    private Answer content(String header, String value) {
        return owner().send(owner().request(path(stored()) + "/content").header(header, value));
    }
}
