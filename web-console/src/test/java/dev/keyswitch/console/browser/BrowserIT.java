package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A browser before a console. Each class has a system of its own, each test a browser profile of its own; a test fails
/// if the page reported an error or broke the Content-Security-Policy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Chromium chromium = unset();
    private RunningSystem system = unset();
    private BrowserContext context = unset();
    private Page page = unset();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    final void start(@TempDir Path folder) throws IOException {
        chromium = Chromium.start();
        system = RunningSystem.start(folder, 0);
    }

    @AfterAll
    final void stop() {
        if (system != null) {
            system.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    final void openBrowser() {
        complaints.clear();
        context = newContext(options());
        page = newPage(context);
    }

    @AfterEach
    final void closeBrowser() {
        context.close();
        Assertions.assertEquals(List.of(), complaints, "what the browser complained about");
    }

    /// For classes that need another browser profile.
    NewContextOptions options() {
        return new NewContextOptions().setViewportSize(1280, 800).setLocale("en-GB");
    }

    final BrowserContext newContext(NewContextOptions options) {
        return chromium.browser().newContext(options.setBaseURL(system.console().toString()));
    }

    final Page newPage(BrowserContext where) {
        Page fresh = where.newPage();
        fresh.setDefaultTimeout(15_000);
        fresh.onPageError(complaints::add);
        fresh.onConsoleMessage(message -> {
            boolean refusal = message.text().startsWith("Failed to load resource");
            if (message.type().equals("error") && !refusal) {
                complaints.add(message.text());
            }
        });
        return fresh;
    }

    final RunningSystem system() {
        return system;
    }

    final KeyswitchClient owner() {
        return system.owner();
    }

    final Page page() {
        return page;
    }

    final BrowserContext context() {
        return context;
    }

    final void signIn() {
        signIn(page, system.credential());
    }

    static void signIn(Page where, String credential) {
        where.navigate("/sign-in");
        where.getByLabel("Management credential").fill(credential);
        where.getByLabel("Management credential").press("Enter");
        where.waitForURL("**/overview");
    }

    /// A name that no other test uses.
    static String unique(String name) {
        return name + "-" + NUMBER.incrementAndGet();
    }

    /// A small model: its evaluation keys are made in an instant.
    final Model model(String name) {
        return owner().models().create(new CreateModel(name, "Made by a test", EncryptionProfile.ckks(4096, 36, 36, 37)));
    }

    final Token token(String name) {
        return owner().tokens().create(CreateToken.named(name));
    }

    final Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    final Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
    }

    final Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name).setExact(true));
    }

    final Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /// The line of a table about something.
    final Locator row(String name) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHas(page.getByText(name, exactly())));
    }

    static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    /// What a page tells about what was just done.
    final Locator notice(String text) {
        return page.locator("[data-notice]").filter(new Locator.FilterOptions().setHasText(text));
    }

    /// The field that chooses a token or a model.
    final Locator field() {
        return page.locator("input[role=combobox]");
    }

    /// The value that the open dialog shows once.
    final String revealed() {
        button("Reveal").click();
        return dialog().locator("[data-secret]").textContent();
    }

    final void closeStored() {
        dialog().getByLabel("I have stored it").check();
        button("Close").click();
    }

    final void see(Locator locator) {
        assertThat(locator).isVisible();
    }

    /// Writes what the page looks like to `target/screenshots`.
    static void picture(Page of, String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            of.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("NullAway") // set before each test
    private static <T> T unset() {
        return null;
    }
}
