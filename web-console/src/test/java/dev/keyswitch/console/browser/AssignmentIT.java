package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.TokenQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way that matters most: a token is assigned to a model, and its evaluation key is seen to become READY.
class AssignmentIT extends BrowserIT {

    @BeforeEach
    void someoneWhoMayAssign() throws IOException {
        system().startWorker();
        signIn();
    }

    @Test
    void aTokenIsAssignedWithTheKeyboardAloneAndItsKeyIsSeenToBecomeReady() {
        Model model = model(unique("Fraud"));
        String name = unique("clinic");
        Token token = token(name);

        page().navigate("/models");
        Locator situation = page().getByLabel("no token of " + model.name());
        situation.focus();
        page().keyboard().press("Enter");
        page().waitForURL("**/models/" + model.id() + "/tokens");
        page().evaluate("window.sameDocument = true");
        assertThat(field()).isFocused();
        page().keyboard().press("Shift+Tab");
        page().keyboard().press("Control+/");
        page().keyboard().type(name.substring(2));
        see(page().getByRole(AriaRole.OPTION).filter(text(name)));
        assertThat(field()).hasAttribute("aria-expanded", "true");
        assertThat(field()).hasAttribute("aria-activedescendant", "choose-token-list-0");
        page().keyboard().press("Enter");
        assertThat(field()).hasValue(name);
        assertThat(field()).hasAttribute("aria-expanded", "false");
        page().keyboard().press("Enter");

        see(notice(name + " is assigned. Its evaluation key is being made."));
        assertThat(row(name)).containsText("Ready", within(30));
        assertThat(page().locator("#said")).containsText("The evaluation key of " + name + " is ready.");
        assertThat(page().evaluate("window.sameDocument")).as("no reload").isEqualTo(true);
        Token assigned = owner().tokens().get(token.id());
        assertThat(assigned.modelId()).isEqualTo(model.id());
        assertThat(Objects.requireNonNull(assigned.evaluationKey()).state()).isEqualTo(EvaluationKeyState.READY);
    }

    @Test
    void aTokenThatIsNotThereIsAddedOnTheSpotAndItsValueShownOnce() {
        Model model = model(unique("Triage"));
        String name = unique("fresh");
        open(model);

        field().pressSequentially(name);
        see(page().getByRole(AriaRole.OPTION).filter(text("Add token “" + name + "”")));
        field().press("ArrowUp");
        field().press("Enter");

        see(dialog().getByText("Token created"));
        Locator value = dialog().locator("code");
        assertThat(value).hasText(Pattern.compile("kst_•{45}.{4}"));
        button("Reveal").click();
        assertThat(value).hasText(Pattern.compile("kst_[0-9A-Za-z]{49}"));
        String secret = value.textContent();
        page().keyboard().press("Escape");
        page().keyboard().press("Escape");
        see(dialog().getByText("I have stored it"));
        button("Close").click();
        see(dialog());
        dialog().getByLabel("I have stored it").check();
        button("Close").click();

        assertThat(dialog()).isHidden();
        assertThat(field()).hasValue(name);
        assertThat(field()).isFocused();
        assertThat(page().content()).doesNotContain(secret);
        button("Save").click();
        assertThat(row(name)).containsText("Ready", within(30));
        assertThat(page().content()).doesNotContain(secret);
        assertThat(owner().introspect(secret, model.id()).active()).isTrue();
    }

    @Test
    void aTokenAddedByMistakeIsThrownAwayFromItsDialog() {
        Model model = model(unique("Mistake"));
        String name = unique("typo");
        open(model);

        field().pressSequentially(name);
        page().getByRole(AriaRole.OPTION).filter(text("Add token “" + name + "”")).click();
        button("Delete this token").click();

        assertThat(dialog()).isHidden();
        assertThat(field()).hasValue("");
        assertThat(owner().tokens().list(TokenQuery.everything().q(name)).items()).isEmpty();
    }

    @Test
    void aTokenOfAnotherModelIsNotOfferedButCanBeReassigned() {
        Model from = model(unique("From"));
        Model to = model(unique("To"));
        String name = unique("mover");
        Token token = owner().tokens().assign(token(name).id(), from.id());
        EvaluationKey first = owner().tokens().awaitReady(token, Duration.ofSeconds(30), key -> {});
        open(to);

        field().pressSequentially(name);
        Locator reassign = page().getByLabel("Reassign " + name);
        see(reassign);
        assertThat(page().getByRole(AriaRole.OPTION).filter(text("expires"))).hasCount(0);
        page().keyboard().press("Tab");
        assertThat(reassign).isFocused();
        page().keyboard().press("Enter");
        assertThat(dialog()).containsText(from.name());
        assertThat(dialog()).containsText(Pattern.compile("A new evaluation key is made for " + to.name() + ": [0-9.]+ kB, about [0-9.]+ m?s of computing"));
        assertThat(dialog()).containsText("The evaluation key for " + from.name() + ", generation 1 (ready), is superseded.");
        assertThat(dialog()).containsText("Encrypted queries, answered now, are refused until the new key is ready.");
        assertThat(dialog()).containsText("Queries to " + from.name() + " are answered until the new key is ready; none is refused.");
        button("Reassign").click();

        see(notice(name + " belongs to " + to.name() + " now."));
        assertThat(row(name)).containsText("Ready", within(30));
        assertThat(owner().evaluationKeys().get(first.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(owner().tokens().get(token.id()).modelId()).isEqualTo(to.id());
    }

    @Test
    void removingNamesItsEffectAndLeavesTheTokenUnassigned() {
        Model model = model(unique("Removal"));
        String name = unique("leaver");
        Token token = owner().tokens().assign(token(name).id(), model.id());
        open(model);

        page().getByLabel("Remove " + name + " from this model").click();
        assertThat(dialog()).containsText(name + " will no longer be able to query " + model.name());
        assertThat(dialog()).containsText("Its assignment to " + model.name() + " ends.");
        assertThat(dialog()).containsText(Pattern.compile("The evaluation key for " + model.name() + ", generation 1 \\([a-z]+\\), is revoked."));
        page().keyboard().press("Escape");
        assertThat(dialog()).isHidden();
        assertThat(owner().tokens().get(token.id()).modelId()).isEqualTo(model.id());
        page().getByLabel("Remove " + name + " from this model").click();
        button("Remove").click();

        see(notice(name + " is unassigned now."));
        see(heading("No token is assigned yet"));
        assertThat(owner().tokens().get(token.id()).modelId()).isNull();
    }

    @Test
    void whoComesLateIsToldWhereTheTokenIsNow() {
        Model mine = model(unique("Mine"));
        Model theirs = model(unique("Theirs"));
        String name = unique("contested");
        Token token = token(name);
        open(mine);
        field().pressSequentially(name);
        // While it is typed, the list may still be that of a shorter text, with tokens of other tests in it.
        page().getByRole(AriaRole.OPTION).filter(text(name)).filter(text("expires")).click();

        owner().tokens().assign(token.id(), theirs.id());
        button("Save").click();

        see(notice("Not assigned: meanwhile somebody assigned this token to " + theirs.name()));
        assertThat(owner().tokens().get(token.id()).modelId()).isEqualTo(theirs.id());
    }

    @Test
    void aReassignmentDecidedOnOldNewsIsNotDone() {
        Model from = model(unique("Old"));
        Model to = model(unique("Wanted"));
        Model third = model(unique("Third"));
        String name = unique("moved");
        Token token = owner().tokens().assign(token(name).id(), from.id());
        open(to);
        field().pressSequentially(name);
        page().getByLabel("Reassign " + name).click();
        assertThat(dialog()).containsText(from.name());

        owner().tokens().reassign(token.id(), third.id());
        button("Reassign").click();

        see(notice("Not reassigned: meanwhile somebody changed the assignment of " + name));
        assertThat(owner().tokens().get(token.id()).modelId()).isEqualTo(third.id());
    }

    @Test
    void anOlderAnswerNeverOverwritesANewerOne() {
        Model model = model(unique("Race"));
        String stem = unique("race");
        token(stem + "-one");
        token(stem + "-two");
        open(model);
        List<Route> held = new ArrayList<>();
        page().route(Pattern.compile("candidates\\?q=" + stem + "-$"), held::add);

        field().pressSequentially(stem + "-");
        field().pressSequentially("two");
        see(page().getByRole(AriaRole.OPTION).filter(text(stem + "-two")));
        assertThat(held).isNotEmpty();
        held.forEach(Route::resume);
        page().waitForTimeout(300);

        assertThat(page().getByRole(AriaRole.OPTION).filter(text("expires"))).hasCount(1);
    }

    @Test
    void theFieldFollowsTheArrowKeysAndEsc() {
        Model model = model(unique("Keys"));
        String stem = unique("arrow");
        token(stem + "-a");
        token(stem + "-b");
        open(model);

        field().pressSequentially(stem);
        see(page().getByRole(AriaRole.OPTION).filter(text(stem + "-b")));
        assertThat(page().locator("#said")).containsText("2 unassigned tokens. Last entry: add token " + stem);
        assertThat(field()).hasAttribute("aria-activedescendant", "choose-token-list-0");
        field().press("ArrowDown");
        assertThat(field()).hasAttribute("aria-activedescendant", "choose-token-list-1");
        field().press("ArrowDown");
        assertThat(page().locator("[aria-selected=true]")).containsText("Add token");
        field().press("Escape");
        assertThat(field()).hasAttribute("aria-expanded", "false");
        assertThat(field()).hasValue(stem);
        field().press("Escape");
        assertThat(field()).hasValue("");
        assertThat(button("Save")).isDisabled();
    }

    @Test
    void aTokenTakenAwayByOthersIsMarkedOnTheOpenPage() {
        Model model = model(unique("Watched"));
        String name = unique("taken");
        Token token = owner().tokens().assign(token(name).id(), model.id());
        open(model);
        assertThat(row(name)).containsText("Ready", within(30));

        owner().tokens().unassign(token.id());

        assertThat(row(name)).containsText("no longer here", within(15));
    }

    @Test
    void namesAreTextWhateverTheySay() {
        String name = unique("<img src=x onerror=alert(1)>\"'&lt;");
        Model model = model(unique("<b>bold</b> & \"quoted\""));
        owner().tokens().assign(token(name).id(), model.id());
        String free = unique("<script>alert(2)</script>");
        token(free);

        open(model);
        see(heading(model.name()));
        assertThat(row(name)).containsText("Ready", within(30));
        field().pressSequentially("<script");
        see(page().getByRole(AriaRole.OPTION).filter(text(free)));
        page().getByRole(AriaRole.OPTION).filter(text(free)).click();
        button("Save").click();
        see(notice(free + " is assigned."));
        page().getByLabel("Remove " + free + " from this model").click();
        assertThat(dialog()).containsText(free);
        assertThat(page().locator("img, b, main script")).hasCount(0);
    }

    private void open(Model model) {
        page().navigate("/models/" + model.id() + "/tokens");
    }

    private static Locator.FilterOptions text(String part) {
        return new Locator.FilterOptions().setHasText(part);
    }

    private static ContainsTextOptions within(int seconds) {
        return new ContainsTextOptions()
                .setTimeout(seconds * 1000.0);
    }
}
