package dev.keyswitch.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Enough tokens that each of the ways to search them is taken.
class TokenSearchIT extends ApiIT {

    private static final int TOKENS = 30_000;

    private final List<String> all = new ArrayList<>();

    @BeforeAll
    void fill() {
        for (int i = 0; i < TOKENS; i++) {
            all.add(i % 2 == 0 ? String.format(Locale.ROOT, "user-%05d@example.com", i) : "Ward " + i % 97 + " bed " + i);
        }
        all.set(17, "Ärztin Zoë Q");
        all.set(29_001, "the 100% zebra_1");
        execute("""
                insert into token (id, account_id, name, status, custody, holder_id, value_hash, value_hint, created_at, expires_at)
                select gen_random_uuid(), a.id, n.name, 'ACTIVE', 'AGENT', a.default_holder_id, sha256(n.name::bytea), 'abcd', now(),
                    now() + interval '30 days'
                from account a, unnest(cast(? as text[])) n (name)
                """, (Object) all.toArray(String[]::new));
        execute("analyze token");
    }

    /// Common everywhere; common but far back in the order of names; rare; short and rare; not there at all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "e", "a", "@example", "user-0", "-29", "bed 2999", "9@", "29999", "zebra", "z", "q", "zoë", "ÄRZTIN", "100%", "_1", "ard 9",
                "nobody", "☃", "user-00002@example.com", "ward 3 bed 100"
            })
    void findsExactlyThoseThatContainTheTextAndThoseThatBeginWithItFirst(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<String> expected = all.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        List<String> beginning = expected.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(wanted))
                .sorted((one, two) -> one.toLowerCase(Locale.ROOT).compareTo(two.toLowerCase(Locale.ROOT)))
                .toList();

        for (String filter : List.of("", "&assigned=false")) {
            List<String> found = names(text, filter + "&limit=200");

            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(found.subList(0, beginning.size())).isEqualTo(beginning);
        }
    }

    @Test
    void fillsTheFirstPageWhereverTheMatchesAre() {
        for (String text : List.of("e", "-29", "9@", "bed 2", "zebra")) {
            JsonNode page = page(text, "&assigned=false&limit=10");
            long matches = all.stream().filter(name -> name.contains(text)).count();

            assertThat(page.path("items").size()).as(text).isEqualTo((int) Math.min(10, matches));
        }
    }

    @Test
    void listsWhatEndsSoon() {
        execute("update token set expires_at = now() + interval '1 hour' where name in ('user-00004@example.com', 'user-00006@example.com')");
        String before = java.time.Instant.now().plusSeconds(7200).toString();

        assertThat(page("user", "&expiresBefore=" + before).path("items").findValuesAsText("name"))
                .containsExactly("user-00004@example.com", "user-00006@example.com");
        owner().get("/v1/tokens?expiresBefore=soon").problem(422, "invalid-fields");
    }

    private List<String> names(String text, String more) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = page(text, more + cursor);
            page.path("items").forEach(item -> names.add(item.path("name").asText()));
            if (page.path("nextCursor").isNull()) {
                return names;
            }
            cursor = "&cursor=" + page.path("nextCursor").asText();
        }
    }

    private JsonNode page(String text, String more) {
        JsonNode page = owner().get("/v1/tokens?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + more).json();
        assertThat(page.path("items").isArray()).as(page.toString()).isTrue();
        return page;
    }
}
