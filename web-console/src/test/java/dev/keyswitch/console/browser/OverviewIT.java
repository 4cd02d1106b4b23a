package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewIT extends BrowserIT {

    @BeforeEach
    void theOwner() {
        signIn();
    }

    @Test
    void itsNumbersLeadToTheListsTheyCount() {
        owner().tokens().suspend(token(unique("paused")).id());
        page().reload();

        number("suspended").click();

        assertThat(page()).hasURL(Pattern.compile("/tokens\\?status=SUSPENDED$"));
        assertThat(page().locator("tbody tr")).hasCount(1);
        assertThat(page().getByLabel("Status")).hasValue("SUSPENDED");
    }

    @Test
    void itTellsHowLongKeysHaveWaitedForAWorker() throws SQLException {
        Token token = owner().tokens().assign(token(unique("stuck")).id(), model(unique("Stuck")).id());
        try (Connection database = system().database();
                Statement statement = database.createStatement()) {
            statement.execute("update evaluation_key set requested_at = now() - interval '3 hours' where token_id = '" + token.id() + "'");
        }
        page().reload();

        assertThat(page().locator(".numbers")).containsText("waiting since 3 h ago");
        page().navigate("/evaluation-keys");
        assertThat(page().locator("#throughput")).containsText("waiting since 3 h ago");
    }

    @Test
    void theShortestWayToAnAssignmentBeginsHere() {
        Model model = model(unique("Newest"));
        page().reload();

        page().getByLabel("no token of " + model.name()).click();

        page().waitForURL("**/models/" + model.id() + "/tokens");
        assertThat(field()).isFocused();
    }

    @Test
    void itChangesWithoutReloadingAndKeepsTheFocus() {
        String name = unique("arrives");
        page().evaluate("window.sameDocument = true");
        Locator all = number("in all");
        all.focus();

        token(name);

        assertThat(page().locator(".activity li").first())
                .containsText("created the token " + name, new ContainsTextOptions().setTimeout(15_000));
        assertThat(number("in all")).isFocused();
        assertThat(page().evaluate("window.sameDocument")).as("no reload").isEqualTo(true);
    }

    private Locator number(String word) {
        return page().locator(".numbers")
                .getByRole(AriaRole.LINK)
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\d\\+? " + word + "$")));
    }
}
