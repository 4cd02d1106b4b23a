package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysAndActivityIT extends BrowserIT {

    @BeforeEach
    void theOwner() {
        signIn();
    }

    @Test
    void theQueueShowsWhoMakesWhatAndEmptiesWithoutReloading() throws IOException {
        system().stopWorker();
        Model model = model(unique("Queued"));
        Token waiting = owner().tokens().assign(token(unique("waits")).id(), model.id());
        Token failed = owner().tokens().assign(token(unique("fails")).id(), model.id());
        system().failKey(failed.id(), "The disk is full.");
        page().navigate("/evaluation-keys");
        page().evaluate("window.sameDocument = true");
        assertThat(group("Waiting")).containsText(waiting.name());
        assertThat(group("Failed")).containsText("The disk is full.");

        system().claimAndReport(waiting.id(), 42);
        assertThat(group("Generating")).containsText("42 %", soon());
        assertThat(group("Generating")).containsText("worker-1");
        page().getByLabel("Try again to make the evaluation key of " + failed.name()).click();
        see(notice("The evaluation key of " + failed.name() + " is asked for again."));
        assertThat(group("Waiting")).containsText(failed.name());
        system().startWorker();

        see(heading("The queue is empty"), 90);
        assertThat(page().getByText(Pattern.compile("became ready in the last hour"))).isVisible();
        assertThat(page().evaluate("window.sameDocument")).as("no reload").isEqualTo(true);
        page().getByText("Ready", exactly()).click();
        see(row(waiting.name()));
    }

    @Test
    void aKeyThatIsAskedForAgainMovesNothingBelowIt() throws IOException {
        system().stopWorker();
        Model model = model(unique("Calm"));
        Token below = owner().tokens().assign(token(unique("below")).id(), model.id());
        Token failed = owner().tokens().assign(token(unique("fails")).id(), model.id());
        system().failKey(failed.id(), "The disk is full.");
        page().navigate("/models/" + model.id() + "/tokens");
        assertThat(row(failed.name())).containsText("The disk is full.");
        double before = row(below.name()).boundingBox().y;

        owner().evaluationKeys().retry(key(failed));

        assertThat(row(failed.name())).containsText("Waiting", soon());
        assertThat(row(below.name()).boundingBox().y).isEqualTo(before);
    }

    @Test
    void theTrailIsFilteredAndEveryFilterIsInTheAddress() {
        Model model = model(unique("Trail"));
        String name = unique("trailed");
        Token token = owner().tokens().assign(token(name).id(), model.id());
        page().navigate("/activity?token=" + token.id());
        assertThat(page().locator(".activity > li")).hasCount(2);

        page().getByLabel("What").selectOption("token.assigned");

        assertThat(page().locator(".activity > li")).hasCount(1);
        assertThat(page()).hasURL(Pattern.compile("action=token.assigned"));
        page().locator(".activity summary").click();
        assertThat(page().locator(".activity")).containsText("generation");
        assertThat(page().locator(".activity")).containsText("Request id");
        page().getByLabel("Show all tokens").click();
        assertThat(page()).hasURL(Pattern.compile("/activity\\?action=token.assigned$"));
        page().getByLabel("Who").fill("nobody at all");
        see(heading("Nothing happened here"));
    }

    @Test
    void whatIsFilteredIsExported() throws IOException {
        String name = unique("=SUM(A1), \"quoted\"");
        Token token = token(name);
        owner().tokens().suspend(token.id());
        page().navigate("/activity?token=" + token.id());

        Download csv = page().waitForDownload(() -> link("CSV").click());
        Download json = page().waitForDownload(() -> link("JSON").click());

        List<String> lines = Files.readAllLines(csv.path());
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).isEqualTo("at,by,credentialId,action,tokenId,modelId,requestId,before,after");
        assertThat(lines.get(1)).contains("token.changed").contains("\"\"SUSPENDED\"\"").contains(token.id().toString());
        assertThat(Files.readString(json.path()))
                .contains("\"action\":\"token.created\"")
                .contains("\"at\":\"20");
    }

    private void see(Locator locator, int seconds) {
        assertThat(locator).isVisible(new IsVisibleOptions()
                .setTimeout(seconds * 1000.0));
    }

    private UUID key(Token token) {
        return Objects.requireNonNull(owner().tokens().get(token.id()).evaluationKey()).id();
    }

    private Locator group(String title) {
        return page().locator(".key-group[aria-label=" + title + "]");
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(30_000);
    }
}
