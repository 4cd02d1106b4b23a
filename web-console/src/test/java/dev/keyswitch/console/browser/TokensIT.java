package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.TokenQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensIT extends BrowserIT {

    @BeforeEach
    void someoneWhoMayAssign() {
        signIn();
        page().navigate("/tokens");
    }

    @Test
    void aTokenIsCreatedWithANoteAnExpiryAndAModel() throws IOException {
        Model model = model(unique("Chosen"));
        String name = unique("partner");

        link("New token").first().click();
        dialog().getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name);
        dialog().getByLabel("Note").fill("For the pilot");
        dialog().getByLabel("Other number of days").fill("45");
        field().pressSequentially(model.name());
        page().getByRole(AriaRole.OPTION).filter(containing(model.name())).click();
        button("Create token").click();
        see(dialog().getByText("Token created"));
        Download file = page().waitForDownload(() -> button("Download").click());
        dialog().getByLabel("I have stored it").check();
        button("Close").click();

        page().waitForURL("**/models/" + model.id() + "/tokens");
        see(row(name));
        Token token = only(name);
        assertThat(token.note()).isEqualTo("For the pilot");
        assertThat(token.modelId()).isEqualTo(model.id());
        assertThat(Duration.between(Instant.now(), token.expiresAt()))
                .isBetween(Duration.ofDays(44), Duration.ofDays(45));
        String value = Files.readString(file.path()).strip();
        assertThat(value).matches("kst_[0-9A-Za-z]{49}").endsWith(token.valueHint());
        assertThat(page().content()).doesNotContain(value);
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndNothingTypedIsLost() {
        link("New token").first().click();
        dialog().getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill("lasting");
        dialog().getByLabel("Other number of days").fill("900");
        button("Create token").click();

        see(dialog().locator("#customDays-wrong"));
        assertThat(dialog().getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)))
                .hasValue("lasting");
        assertThat(owner().tokens().list(TokenQuery.everything().q("lasting")).items()).isEmpty();
    }

    @Test
    void searchAndFilterAreInTheAddress() {
        Model model = model(unique("Home"));
        String free = unique("searched-free");
        String taken = unique("searched-taken");
        token(free);
        owner().tokens().assign(token(taken).id(), model.id());
        page().reload();

        page().getByLabel("Search by name").fill("SEARCHED");
        see(row(free));
        see(row(taken));
        assertThat(page()).hasURL(Pattern.compile("/tokens\\?q=SEARCHED$"));
        link("Unassigned").click();
        see(row(free));
        assertThat(row(taken)).hasCount(0);
        assertThat(page()).hasURL(Pattern.compile("q=SEARCHED&show=unassigned$"));

        Page other = newPage(context());
        other.navigate(page().url());
        assertThat(other.getByText(free)).isVisible();
        other.close();
    }

    @Test
    void everyFilterIsInTheAddressAndNarrowsTheList() {
        String stem = unique("filtered");
        Token suspended = token(stem + "-suspended");
        owner().tokens().suspend(suspended.id());
        token(stem + "-active");
        owner().tokens().create(new CreateToken(stem + "-short", null, 2, null, null, null, null));
        page().navigate("/tokens?q=" + stem);
        assertThat(page().locator("tbody tr")).hasCount(3);

        page().getByLabel("Status").selectOption("SUSPENDED");
        assertThat(page().locator("tbody tr")).hasCount(1);
        see(row(suspended.name()));
        assertThat(page()).hasURL(Pattern.compile("status=SUSPENDED"));
        page().getByLabel("Status").selectOption("");
        page().getByLabel("Expires").selectOption("7");
        assertThat(page().locator("tbody tr")).hasCount(1);
        see(row(stem + "-short"));
        page().reload();
        see(row(stem + "-short"));
        assertThat(page().getByLabel("Expires")).hasValue("7");
    }

    @Test
    void oneActionForAllThatAreSelected() {
        Model model = model(unique("Many"));
        Model other = model(unique("Elsewhere"));
        String stem = unique("chosen");
        Token one = token(stem + "-1");
        Token two = token(stem + "-2");
        Token taken = owner().tokens().assign(token(stem + "-3").id(), other.id());
        page().navigate("/tokens?q=" + stem + "&sort=name");

        page().getByLabel("Select " + one.name()).focus();
        page().keyboard().press("Space");
        assertThat(page().locator("form.selection")).containsText("1 selected");
        page().getByLabel("Select all on this page").check();
        assertThat(page().locator("form.selection")).containsText("3 selected");
        button("Assign…").click();
        assertThat(dialog()).containsText("Assign 3 tokens?");
        assertThat(dialog()).containsText(two.name());
        field().pressSequentially(model.name());
        page().getByRole(AriaRole.OPTION).filter(containing(model.name())).click();
        button("Continue").click();

        assertThat(dialog()).containsText(Pattern.compile("2 new evaluation keys are made: [0-9.]+ [kM]B together, about"));
        assertThat(dialog()).containsText("1 other is refused and stays as it is:");
        assertThat(dialog().locator(".refused")).containsText(other.name());
        assertThat(owner().tokens().get(two.id()).modelId()).as("nothing is done yet").isNull();
        dialog().getByText("Assign", new Locator.GetByTextOptions().setExact(true)).click();

        see(dialog().getByText("Not all of it was done"));
        assertThat(dialog()).containsText("2 tokens were assigned");
        assertThat(dialog()).containsText(taken.name());
        assertThat(dialog()).containsText(other.name());
        link("Close").click();
        assertThat(dialog()).isHidden();
        assertThat(row(one.name())).containsText(model.name());
        assertThat(owner().tokens().get(two.id()).modelId()).isEqualTo(model.id());
        assertThat(owner().tokens().get(taken.id()).modelId()).isEqualTo(other.id());
    }

    @Test
    void whatIsDoneForManyNamesItsEffectFirst() {
        String stem = unique("swept");
        Token one = token(stem + "-1");
        Token two = owner().tokens().assign(token(stem + "-2").id(), model(unique("Swept")).id());
        page().navigate("/tokens?q=" + stem + "&sort=name");

        page().getByLabel("Select " + one.name()).click();
        page().getByLabel("Select " + two.name()).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        button("Delete…").click();
        assertThat(dialog()).containsText("This is final");
        assertThat(dialog()).containsText("1 evaluation key is revoked.");
        assertThat(link("Keep them as they are")).isFocused();
        button("Delete").click();

        see(notice("2 tokens are deleted."));
        see(heading("No token matches"));
        assertThat(owner().tokens().list(TokenQuery.everything().q(stem)).items()).isEmpty();
    }

    @Test
    void longListsAreTurnedPageByPage() {
        String stem = unique("many");
        for (int i = 0; i < 51; i++) {
            token(stem + "-" + String.format("%02d", i));
        }
        page().navigate("/tokens?q=" + stem + "&sort=name");

        see(row(stem + "-00"));
        assertThat(row(stem + "-50")).hasCount(0);
        Object bytes = page().evaluate("""
                performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
                  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
                """);
        System.out.println("first load of a full page of tokens, compressed: " + bytes + " bytes");
        assertThat(((Number) bytes).longValue()).isBetween(10_000L, 80_000L);
        link("Next page").click();
        see(row(stem + "-50"));
        assertThat(page()).hasURL(Pattern.compile("cursor="));
        link("First page").click();
        see(row(stem + "-00"));
    }

    @Test
    void aTokenIsAssignedAndReassignedFromTheList() throws IOException {
        system().startWorker();
        Model first = model(unique("First"));
        Model second = model(unique("Second"));
        String name = unique("listed");
        token(name);
        page().navigate("/tokens?q=" + name);

        page().getByLabel("Assign " + name).click();
        field().pressSequentially(first.name());
        page().getByRole(AriaRole.OPTION).filter(containing(first.name())).click();
        button("Save").click();
        see(notice(name + " is assigned to " + first.name()));
        assertThat(row(name)).containsText("Ready", new ContainsTextOptions().setTimeout(30_000));
        assertThat(page()).hasURL(Pattern.compile("/tokens\\?q=" + name + "$"));

        page().getByLabel("Reassign " + name).click();
        field().pressSequentially(second.name());
        page().getByRole(AriaRole.OPTION).filter(containing(second.name())).click();
        button("Continue").click();
        see(dialog().getByText("A new evaluation key"));
        button("Reassign").click();
        see(notice(name + " belongs to " + second.name() + " now."));
        assertThat(only(name).modelId()).isEqualTo(second.id());
    }

    private Token only(String name) {
        var found = owner().tokens().list(TokenQuery.everything().q(name)).items();
        Assertions.assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Locator.FilterOptions containing(String part) {
        return new Locator.FilterOptions().setHasText(part);
    }
}
