package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.keyswitch.console.ConsoleConfiguration;
import dev.keyswitch.console.ConsoleServer;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.value.ShownOnceValue;
import dev.keyswitch.sdk.TokenQuery;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SignInIT extends BrowserIT {

    @Test
    void everyWrongCredentialGetsTheSameAnswer() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String unknown = ShownOnceValue.of(ShownOnceValue.CREDENTIAL_PREFIX, random).reveal();
        String revoked = credential(Role.OPERATOR).value();
        owner().credentials().revoke(lastCredential.id());

        for (String wrong : List.of("nonsense", unknown, revoked, credential(Role.AGENT).value(), "ksm_ümläut")) {
            page().navigate("/sign-in");
            page().getByLabel("Management credential").fill(wrong);
            button("Sign in").click();
            see(page().getByText("This credential was not accepted.", exactly()));
            assertThat(page().content()).doesNotContain(wrong);
        }
    }

    @Test
    void theBrowserGetsARandomCookieAndNeverTheCredential() {
        signIn();

        Cookie cookie = context().cookies().stream()
                .filter(candidate -> candidate.name.startsWith("keyswitch_session"))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.httpOnly).isTrue();
        assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        assertThat(cookie.value).hasSize(43).doesNotContain("ksm_");
        assertThat(page().content()).doesNotContain(system().credential());
    }

    @Test
    void oneComesToThePageOneWanted() {
        page().navigate("/tokens?show=unassigned");
        page().getByLabel("Management credential").fill(system().credential());
        button("Sign in").click();

        page().waitForURL("**/tokens?show=unassigned");
        see(heading("Tokens"));
    }

    @Test
    void signingOutEndsTheSessionEverywhere() {
        signIn();
        List<Cookie> stolen = context().cookies();

        button("Sign out").click();
        see(page().getByText("You are signed out."));
        context().addCookies(stolen);
        page().navigate("/models");

        see(heading("Sign in"));
    }

    @Test
    void aFormWithoutTheSessionsValueChangesNothing() {
        signIn();
        String name = unique("forged");

        Object status = page().evaluate("""
                async name => (await fetch('/tokens', {
                  method: 'POST', body: new URLSearchParams({name, csrf: 'guessed'})
                })).status
                """, name);

        assertThat(status).isEqualTo(403);
        assertThat(owner().tokens().list(TokenQuery.everything().q(name)).items()).isEmpty();
    }

    @Test
    void anIdleSessionEndsAndAnOpenPageIsTold() {
        ConsoleConfiguration impatient = new ConsoleConfiguration("127.0.0.1", 0, system().api())
                .withIdleTimeout(Duration.ofSeconds(2));
        try (ConsoleServer console = ConsoleServer.start(impatient)) {
            page().navigate(console.uri() + "/sign-in");
            page().getByLabel("Management credential").fill(system().credential());
            button("Sign in").click();
            see(heading("Overview"));
            page().waitForTimeout(2500);
            page().reload();
            see(heading("Sign in"));
        }
    }

    @Test
    void aConsoleStopsAtOnceThoughPagesFollowItsEvents() {
        ConsoleServer console = ConsoleServer.start(new ConsoleConfiguration("127.0.0.1", 0, system().api()));
        page().navigate(console.uri() + "/sign-in?to=/tokens");
        page().getByLabel("Management credential").fill(system().credential());
        button("Sign in").click();
        see(heading("Tokens"));
        token(unique("seen-live"));
        page().reload();
        page().waitForTimeout(1000);

        long begun = System.nanoTime();
        console.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        page().navigate("about:blank");
    }

    @Test
    void aRevokedCredentialEndsItsSession() {
        signIn(page(), Objects.requireNonNull(credential(Role.OPERATOR).value()));
        see(heading("Overview"));

        owner().credentials().revoke(lastCredential.id());
        page().navigate("/tokens");

        see(page().getByText("Your credential is no longer valid."));
    }

    @Test
    void aViewerSeesEverythingAndIsOfferedNoChange() {
        Model model = model(unique("Seen"));
        String name = unique("seen");
        owner().tokens().assign(token(name).id(), model.id());

        signIn(page(), Objects.requireNonNull(credential(Role.VIEWER).value()));
        page().navigate("/models/" + model.id() + "/tokens");

        see(row(name));
        assertThat(field()).hasCount(0);
        assertThat(page().getByText("Reassign…")).hasCount(0);
        page().navigate("/tokens");
        assertThat(link("New token")).hasCount(0);
    }

    private Credential lastCredential;

    private Credential credential(Role role) {
        lastCredential = owner().credentials()
                .create(new CreateCredential(
                        unique("person"), role, role == Role.AGENT ? owner().account().defaultHolderId() : null));
        return lastCredential;
    }
}
