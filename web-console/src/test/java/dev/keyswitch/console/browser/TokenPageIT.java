package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.sdk.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenPageIT extends BrowserIT {

    @BeforeEach
    void theOwner() {
        signIn();
    }

    @Test
    void itTellsItsHistoryAndFollowsIt() throws IOException {
        system().startWorker();
        Model first = model(unique("Early"));
        Model second = model(unique("Late"));
        Token token = token(unique("storied"));
        owner().tokens().assign(token.id(), first.id());
        owner().tokens().awaitReady(token.id(), Duration.ofSeconds(30), key -> {});
        open(token);
        assertThat(section("Assignments")).containsText(first.name());
        page().evaluate("window.sameDocument = true");

        owner().tokens().reassign(token.id(), second.id());

        assertThat(section("Assignments")).containsText(second.name(), soon());
        assertThat(section("Assignments")).containsText("reassigned");
        assertThat(section("Evaluation keys")).containsText("Superseded", soon());
        assertThat(section("Evaluation keys")).containsText("Ready", soon());
        assertThat(section("Activity")).containsText("reassigned " + token.name() + " to " + second.name());
        assertThat(page().evaluate("window.sameDocument")).as("no reload").isEqualTo(true);
    }

    @Test
    void aPauseIsTakenBackFromItsNotice() {
        Token token = token(unique("paused"));
        open(token);

        menu(token, "Suspend…");
        assertThat(dialog()).containsText("Every query is refused until it is resumed.");
        assertThat(dialog()).containsText("No query is answered now, because the token is not assigned.");
        button("Suspend").click();
        see(notice(token.name() + " is suspended."));
        assertThat(owner().tokens().get(token.id()).status()).isEqualTo(TokenStatus.SUSPENDED);
        button("Undo").click();

        see(notice(token.name() + " is active again."));
        assertThat(owner().tokens().get(token.id()).status()).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void cancelingNamesItsEffectAndReinstatingAsksForANewKey() {
        Model model = model(unique("Canceled"));
        Token token = owner().tokens().assign(token(unique("canceled")).id(), model.id());
        open(token);

        menu(token, "Cancel…");
        assertThat(dialog()).containsText(Pattern.compile("The evaluation key for " + model.name() + ", generation 1 \\([a-z]+\\), is revoked."));
        assertThat(dialog()).containsText("It keeps its assignment to " + model.name() + ".");
        button("Cancel the token").click();
        see(notice(token.name() + " is canceled."));
        menu(token, "Reinstate…");
        assertThat(dialog()).containsText("A new evaluation key is made for " + model.name());
        button("Reinstate").click();
        see(notice(token.name() + " is active again. Its new evaluation key is being made."));

        Token now = owner().tokens().get(token.id());
        assertThat(now.status()).isEqualTo(TokenStatus.ACTIVE);
        assertThat(now.generation()).isGreaterThan(token.generation());
    }

    @Test
    void aRolledValueIsShownOnceAndLeavesNothingBehind() {
        Model model = model(unique("Rolled"));
        Token created = token(unique("rolled"));
        owner().tokens().assign(created.id(), model.id());
        open(created);

        menu(created, "Roll value…");
        dialog().getByLabel("no longer").check();
        button("Roll").click();
        see(dialog().getByText("The value before works no longer."));
        button("Reveal").click();
        String value = dialog().locator("[data-secret]").textContent();
        dialog().getByLabel("I have stored it").check();
        button("Close").click();

        assertThat(dialog()).isHidden();
        assertThat(page().content()).doesNotContain(value);
        assertThat(owner().introspect(value, model.id()).active()).isTrue();
        assertThat(owner().introspect(Objects.requireNonNull(created.value()), model.id()).active())
                .isFalse();
        assertThat(page().getByText("kst_…" + value.substring(value.length() - 4))).isVisible();
    }

    @Test
    void renewingMovesTheExpiryAndCanBeTakenBack() {
        Token token = token(unique("renewed"));
        open(token);

        menu(token, "Renew…");
        dialog().getByLabel("90").check();
        button("Renew").click();
        see(notice(token.name() + " expires"));
        assertThat(owner().tokens().get(token.id()).expiresAt())
                .isCloseTo(Instant.now().plus(Duration.ofDays(90)), within(1, ChronoUnit.MINUTES));
        button("Undo").click();

        see(notice(token.name() + " expires " + token.expiresAt().toString().substring(0, 10)));
        Assertions.assertThat(owner().tokens().get(token.id()).expiresAt())
                .isEqualTo(token.expiresAt());
    }

    @Test
    void whoeverSavesSecondIsToldWhatTheFirstOneWroteAndOverwritesNothingUnseen() {
        Token token = token(unique("edited"));
        open(token);
        link("Edit…").click();
        dialog().getByLabel("Name", exactlyIn()).fill(token.name() + " mine");

        owner().tokens().change(token.id(), ChangeToken.nothing().name(token.name() + " theirs"));
        button("Save").click();

        see(dialog().getByText("Not saved: meanwhile somebody changed this token"));
        assertThat(dialog()).containsText("its name is “" + token.name() + " theirs” now");
        assertThat(dialog()).containsText("Request id");
        assertThat(dialog().getByLabel("Name", exactlyIn())).hasValue(token.name() + " mine");
        assertThat(owner().tokens().get(token.id()).name()).isEqualTo(token.name() + " theirs");
        button("Save").click();
        see(notice(token.name() + " mine is saved."));
        button("Undo").click();
        see(heading(token.name() + " theirs"));
        assertThat(owner().tokens().get(token.id()).name()).isEqualTo(token.name() + " theirs");
    }

    @Test
    void aMoveWithoutInterruptionWaitsForItsKeyAndIsSeenToArrive() throws IOException {
        system().startWorker();
        Model from = model(unique("Present"));
        Model to = model(unique("Next"));
        Token token = owner().tokens().assign(token(unique("mover")).id(), from.id());
        owner().tokens().awaitReady(token.id(), Duration.ofSeconds(30), key -> {});
        system().stopWorker();
        open(token);

        link("Reassign…").first().click();
        field().pressSequentially(to.name());
        page().getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(to.name())).click();
        button("Continue").click();
        dialog().getByLabel("When its key is ready").check();
        button("Reassign").click();

        see(notice(token.name() + " stays with " + from.name()));
        assertThat(page().locator(".move").first()).containsText("moves to " + to.name());
        assertThat(owner().tokens().get(token.id()).modelId()).isEqualTo(from.id());
        system().startWorker();
        assertThat(section("Assignments").locator("tbody tr").first()).containsText(to.name(), soon());
        assertThat(page().locator(".move")).hasCount(0);
        Token moved = owner().tokens().get(token.id());
        assertThat(moved.modelId()).isEqualTo(to.id());
        assertThat(Objects.requireNonNull(moved.evaluationKey()).state()).isEqualTo(EvaluationKeyState.READY);
    }

    @Test
    void aMoveThatWaitsIsCanceled() {
        system().stopWorker();
        Model from = model(unique("Stays"));
        Model to = model(unique("Unwanted"));
        Token token = owner().tokens().assign(token(unique("settled")).id(), from.id());
        owner().tokens().reassign(token.id(), to.id(), AssignmentMode.WHEN_READY);
        open(token);

        link("Cancel the move…").first().click();
        assertThat(dialog()).containsText("The evaluation key for " + to.name() + ", generation 2 (waiting), is revoked.");
        button("Cancel the move").click();

        see(notice(token.name() + " stays with " + from.name()));
        assertThat(owner().tokens().get(token.id()).pendingReassignment()).isNull();
    }

    @Test
    void deletingIsFinalAndLeadsToTheList() {
        Token token = token(unique("deleted"));
        open(token);

        menu(token, "Delete…");
        assertThat(dialog()).containsText("This is final");
        assertThat(link("Keep it")).isFocused();
        button("Delete").click();

        assertThat(page()).hasURL(Pattern.compile("/tokens$"));
        see(notice("The token was deleted"));
        Assertions.assertThatThrownBy(() -> owner().tokens().get(token.id())).isInstanceOf(ProblemException.class);
    }

    @Test
    void aMenuStaysAtItsButtonWhenThePageMoves() {
        Token token = token(unique("moved"));
        page().setViewportSize(1280, 420);
        open(token);
        Locator button = page().getByLabel("More about " + token.name());
        button.press("Enter");
        Locator menu = page().locator(".menu:popover-open");
        assertThat(menu).isVisible();
        double before = distance(button, menu);

        page().evaluate("""
                () => new Promise(painted => {
                  window.scrollBy(0, 30);
                  requestAnimationFrame(() => requestAnimationFrame(painted));
                })
                """);

        Assertions.assertThat(((Number) page().evaluate("window.scrollY")).intValue()).isEqualTo(30);
        assertThat(menu).isVisible();
        Assertions.assertThat(distance(button, menu)).isEqualTo(before);
        picture(page(), "token-menu-moved");

        page().evaluate("window.scrollTo(0, document.body.scrollHeight)");
        assertThat(menu).hasCount(0);
    }

    private static double distance(Locator above, Locator below) {
        return below.boundingBox().y - above.boundingBox().y;
    }

    private void open(Token token) {
        page().navigate("/tokens/" + token.id());
    }

    /// Chooses from the menu with the keyboard alone.
    private void menu(Token token, String entry) {
        page().getByLabel("More about " + token.name()).press("Enter");
        Locator chosen = page().locator(".menu:popover-open a").filter(new Locator.FilterOptions().setHasText(entry));
        for (int i = 0; i < 12 && !(Boolean) chosen.evaluate("entry => entry === document.activeElement"); i++) {
            page().keyboard().press("ArrowDown");
        }
        assertThat(chosen).isFocused();
        page().keyboard().press("Enter");
        see(dialog());
    }

    private Locator section(String heading) {
        return page().locator("section").filter(new Locator.FilterOptions().setHas(heading(heading)));
    }

    private static Locator.GetByLabelOptions exactlyIn() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(30_000);
    }
}
