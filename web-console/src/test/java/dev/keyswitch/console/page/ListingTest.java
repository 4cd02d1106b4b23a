package dev.keyswitch.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void everythingAListShowsIsInItsAddress() {
        ListRequest asked = ask(Map.of("q", "a&b", "show", "assigned", "sort", "-name", "cursor", "c1"));

        Listing<String> list = asked.listing(List.of("x"), "c2", "/live/tokens");

        assertThat(list.next()).isEqualTo("/tokens?q=a%26b&show=assigned&sort=-name&cursor=c2");
        assertThat(list.first()).isEqualTo("/tokens?q=a%26b&show=assigned&sort=-name");
        assertThat(list.live()).isEqualTo("/live/tokens?q=a%26b&show=assigned&sort=-name&cursor=c1");
        assertThat(list.with("show", "unassigned")).isEqualTo("/tokens?q=a%26b&show=unassigned&sort=-name");
    }

    @Test
    void aSecondPressOnAHeadingReversesTheOrder() {
        Listing<String> list = ask(Map.of("sort", "name")).listing(List.of(), null, null);

        assertThat(list.sortedBy("name")).isEqualTo("/tokens?sort=-name");
        assertThat(list.sortedBy("createdAt")).isEqualTo("/tokens?sort=createdAt");
        assertThat(list.order("name")).isEqualTo("ascending");
        assertThat(list.order("createdAt")).isEqualTo("none");
    }

    @Test
    void whatNoListKnowsIsLeftOut() {
        ListRequest asked = ask(Map.of("show", "purple", "model", "7", "sort", "color", "cursor", "", "q", "  "));

        assertThat(asked).isEqualTo(new ListRequest("/tokens", "", new TreeMap<>(), "", null));
        assertThat(asked.listing(List.of(), null, null).everything()).isTrue();
    }

    private static ListRequest ask(Map<String, String> query) {
        return ListRequest.of(
                "/tokens",
                name -> Optional.ofNullable(query.get(name)),
                Map.of("show", ListRequest.oneOf("assigned", "unassigned"), "model", ListRequest.anId()));
    }
}
