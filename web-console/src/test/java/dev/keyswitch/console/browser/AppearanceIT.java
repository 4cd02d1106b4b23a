package dev.keyswitch.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page and dialog, light and dark: a picture of each in `target/screenshots`, and no finding of axe-core.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AppearanceIT extends BrowserIT {

    private Model fraud;
    private Model triage;
    private Token moving;
    private Token waiting;
    private Holder empty;

    @Order(1)
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void emptyPagesTeachTheNextStep(ColorScheme scheme) {
        try (BrowserContext context = opened(look(scheme))) {
            Page page = newPage(context);
            page.navigate("/sign-in");
            look(page, "sign-in", scheme);
            page.getByLabel("Management credential").fill("ksm_wrong");
            page.getByLabel("Management credential").press("Enter");
            page.getByText("This credential was not accepted.").waitFor();
            look(page, "sign-in-refused", scheme);
            signIn(page, system().credential());
            look(page, "overview-empty", scheme);
            for (String path : List.of("models", "tokens", "evaluation-keys", "activity", "access")) {
                page.navigate("/" + path);
                look(page, path + "-empty", scheme);
            }
        }
    }

    @Order(2)
    @Test
    void aSystemInUse() throws IOException {
        fraud = owner().models()
                .create(new CreateModel(
                        "Fraud scoring",
                        "Logistic regression over card transactions, compiled for one multiplication.",
                        EncryptionProfile.ckks(8192, 60, 40, 40, 60).withRotations(Rotations.steps(1, -1, 8))));
        triage = owner().models()
                .create(new CreateModel(
                        "Triage questionnaire",
                        "Exact sums over answers.",
                        EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.all())));
        owner().models().create(new CreateModel("Churn forecast", "", EncryptionProfile.ckks(16384, 60, 40, 40, 40, 60)));
        system().startWorker();
        for (String name : List.of("clinic-north", "clinic-south", "Zoë Brontë, Leiden", "partner 7 / sandbox")) {
            Token token = owner().tokens().create(CreateToken.named(name));
            owner().tokens().assign(token.id(), fraud.id());
            owner().tokens().awaitReady(token.id(), Duration.ofSeconds(60), key -> {});
        }
        moving = owner().tokens()
                .create(new CreateToken("clinic-coast", "Contract 2217; moves with the new questionnaire.", 5, null, fraud.id(), null, null));
        owner().tokens().awaitReady(moving.id(), Duration.ofSeconds(60), key -> {});
        system().stopWorker();
        empty = owner().holders().create(new CreateHolder("Harbour hospital", null));
        waiting = owner().tokens().create(CreateToken.named("clinic-east"));
        owner().tokens().assign(waiting.id(), fraud.id());
        Token generating = owner().tokens().assign(token("clinic-lakeside").id(), fraud.id());
        system().claimAndReport(generating.id(), 42);
        Token failed = owner().tokens().assign(token("clinic-hillside").id(), fraud.id());
        system().failKey(failed.id(), "The disk of the key holder is full; free some space and try again.");
        owner().tokens().assign(token("clinic-harbour").id(), triage.id());
        owner().tokens().reassign(moving.id(), triage.id(), AssignmentMode.WHEN_READY);
        owner().tokens().suspend(token("clinic-closed").id());
        token("clinic-west");
        token("clinic-airport");
        token("research-pilot");
    }

    @Order(3)
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pagesInUse(ColorScheme scheme) {
        try (BrowserContext context = opened(look(scheme))) {
            Page page = newPage(context);
            signIn(page, system().credential());
            look(page, "overview", scheme);
            page.navigate("/models");
            look(page, "models", scheme);
            page.navigate("/models/new");
            look(page, "model-new", scheme);
            page.getByLabel("Sizes of the primes in bits").fill("60, 60, 60, 60");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Fraud scoring");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add model")).click();
            page.locator(".wrong, .notice").first().waitFor();
            page.evaluate("window.shifted = 0"); // an answer may push down what is below it
            look(page, "model-new-refused", scheme);
            page.navigate("/models/" + fraud.id());
            look(page, "model-overview", scheme);
            page.navigate("/models/" + triage.id());
            look(page, "model-overview-bfv", scheme);
            page.navigate("/models/" + fraud.id() + "/tokens");
            look(page, "model-tokens", scheme);
            page.locator("input[role=combobox]").pressSequentially("clinic");
            page.locator("[role=listbox] [role=option]").first().waitFor();
            page.locator("[data-elsewhere] a").first().waitFor();
            look(page, "model-tokens-typing", scheme);
            page.locator("input[role=combobox]").press("Enter");
            look(page, "model-tokens-chosen", scheme);
            page.navigate("/tokens");
            look(page, "tokens", scheme);
            page.getByLabel("More about clinic-lakeside").click();
            look(page, "tokens-menu", scheme);
            page.keyboard().press("Escape");
            page.getByLabel("Select clinic-west").check();
            page.getByLabel("Select clinic-airport").check();
            look(page, "tokens-selected", scheme);
            page.locator(".selection button[value=assign]").click();
            page.getByRole(AriaRole.DIALOG).waitFor();
            look(page, "dialog-bulk", scheme);
            page.locator("input[role=combobox]").pressSequentially("Fraud");
            page.locator("[role=listbox] [role=option]").first().click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue")).click();
            page.getByText("new evaluation keys are made").waitFor();
            look(page, "dialog-bulk-effects", scheme);
            page.navigate("/tokens/" + moving.id());
            look(page, "token", scheme);
            for (String tab : List.of("evaluation-keys", "activity", "encryption-profile")) {
                page.navigate("/models/" + fraud.id() + "/" + tab);
                look(page, "model-" + tab, scheme);
            }
            page.getByLabel("Rotation steps").fill("1, -1");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue")).click();
            page.getByRole(AriaRole.DIALOG).waitFor();
            look(page, "dialog-model-profile", scheme);
            page.navigate("/evaluation-keys");
            look(page, "evaluation-keys", scheme);
            page.navigate("/evaluation-keys?state=READY");
            look(page, "evaluation-keys-ready", scheme);
            page.navigate("/activity");
            look(page, "activity", scheme);
            page.locator(".activity summary").first().click();
            look(page, "activity-details", scheme);
            page.navigate("/access");
            look(page, "access", scheme);
            page.navigate("/tokens?q=nobody&show=unassigned");
            look(page, "tokens-no-match", scheme);
            page.navigate("/nowhere");
            look(page, "no-such-page", scheme);
        }
    }

    @Order(4)
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void dialogs(ColorScheme scheme) {
        try (BrowserContext context = opened(look(scheme))) {
            Page page = newPage(context);
            signIn(page, system().credential());
            page.navigate("/models/" + fraud.id() + "/tokens");
            open(page, "Remove clinic-north from this model");
            look(page, "dialog-remove", scheme);
            page.keyboard().press("Escape");
            page.locator("input[role=combobox]").pressSequentially("harbour");
            open(page, "Reassign clinic-harbour");
            look(page, "dialog-reassign", scheme);
            page.keyboard().press("Escape");
            page.navigate("/tokens");
            open(page, "Assign research-pilot");
            page.locator("input[role=combobox]").pressSequentially("r");
            page.locator("[role=listbox] [role=option]").first().waitFor();
            look(page, "dialog-assign", scheme);
            page.keyboard().press("Escape");
            page.keyboard().press("Escape");
            page.keyboard().press("Escape");
            open(page, "New token");
            look(page, "dialog-new-token", scheme);
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("pictured");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create token")).click();
            page.getByText("I have stored it").waitFor();
            look(page, "dialog-once", scheme);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete this token")).click();
            page.getByText("The token was deleted").first().waitFor();
            page.navigate("/tokens/" + moving.id());
            for (String question : List.of("edit", "renew", "roll", "suspend", "cancel", "cancel-move", "delete")) {
                ask(page, "/tokens/" + moving.id() + "/" + question);
                look(page, "dialog-token-" + question, scheme);
                page.keyboard().press("Escape");
            }
            page.navigate("/models/" + fraud.id());
            for (String question : List.of("edit", "deactivate", "delete")) {
                ask(page, "/models/" + fraud.id() + "/" + question);
                look(page, "dialog-model-" + question, scheme);
                page.keyboard().press("Escape");
            }
            page.navigate("/access");
            open(page, "New credential");
            look(page, "dialog-credential", scheme);
            page.keyboard().press("Escape");
            for (String question : List.of("revoke", "roll")) {
                page.locator("a[href$='/" + question + "']").first().click();
                page.getByRole(AriaRole.DIALOG).waitFor();
                look(page, "dialog-" + question, scheme);
                page.keyboard().press("Escape");
            }
            open(page, "New key holder");
            look(page, "dialog-holder", scheme);
            page.keyboard().press("Escape");
            page.navigate("/access/holders/" + waiting.holderId());
            look(page, "holder", scheme);
            ask(page, "/access/holders/" + waiting.holderId() + "/edit");
            look(page, "dialog-holder-edit", scheme);
            page.keyboard().press("Escape");
            ask(page, "/access/holders/" + waiting.holderId() + "/rotate-root-key");
            look(page, "dialog-holder-rotate", scheme);
            page.getByLabel("Fingerprint of the new root key").fill("b2".repeat(32));
            page.keyboard().press("Enter");
            page.getByText("Workers that have the former root key").waitFor();
            look(page, "dialog-holder-rotate-effects", scheme);
            page.navigate("/access/holders/" + empty.id());
            look(page, "holder-empty", scheme);
        }
    }

    @Order(5)
    @Test
    void aNarrowWindowShowsTheSame() {
        try (BrowserContext context = opened(look(ColorScheme.LIGHT).setViewportSize(390, 800))) {
            Page page = newPage(context);
            signIn(page, system().credential());
            for (String path : List.of(
                    "/overview",
                    "/models",
                    "/models/" + fraud.id(),
                    "/models/" + fraud.id() + "/tokens",
                    "/models/" + fraud.id() + "/evaluation-keys",
                    "/tokens",
                    "/tokens/" + moving.id(),
                    "/evaluation-keys",
                    "/activity",
                    "/access",
                    "/access/holders/" + waiting.holderId())) {
                page.navigate(path);
                String name = path.replace(fraud.id().toString(), "one").replace(moving.id().toString(), "one").replace(waiting.holderId().toString(), "one");
                look(page, "narrow" + name.replace('/', '-'), ColorScheme.LIGHT);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as("no sideways scrolling of " + path)
                        .isLessThanOrEqualTo(390);
            }
        }
    }

    /// Whatever leads to it: a button or an entry of a menu.
    private static void ask(Page page, String path) {
        page.evaluate("path => document.querySelector(`a[data-question][href='${path}']`).click()", path);
        page.getByRole(AriaRole.DIALOG).waitFor();
    }

    private static void open(Page page, String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true)).click();
        page.getByRole(AriaRole.DIALOG).waitFor();
    }

    /// A browser that adds up how far things move by themselves.
    private BrowserContext opened(NewContextOptions options) {
        BrowserContext context = newContext(options);
        context.addInitScript("""
                window.shifted = 0;
                window.moved = [];
                new PerformanceObserver(list => {
                  for (const entry of list.getEntries().filter(entry => !entry.hadRecentInput)) {
                    window.shifted += entry.value;
                    for (const {node, previousRect: from, currentRect: to} of entry.sources) {
                      window.moved.push(`${node?.outerHTML?.slice(0, 90)} from ${from.x}, ${from.y} to ${to.x}, ${to.y}`);
                    }
                  }
                }).observe({type: 'layout-shift', buffered: true});
                """);
        return context;
    }

    private static NewContextOptions look(ColorScheme scheme) {
        return new NewContextOptions()
                .setViewportSize(1280, 800)
                .setLocale("en-GB")
                .setColorScheme(scheme)
                .setBypassCSP(true); // axe-core is put into the page as a script
    }

    private static void look(Page page, String name, ColorScheme scheme) {
        assertThat((Number) page.evaluate("window.shifted"))
                .as(name + ": nothing moves by itself: " + page.evaluate("window.moved"))
                .satisfies(shifted -> assertThat(shifted.doubleValue()).isLessThan(0.005));
        picture(page, name + "-" + scheme.name().toLowerCase());
        List<Rule> findings = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertThat(findings)
                .as(name + ": " + findings.stream().map(rule -> rule.getId() + " " + rule.getNodes()).toList())
                .isEmpty();
    }
}
