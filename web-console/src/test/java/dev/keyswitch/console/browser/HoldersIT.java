package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Key holders: added, named, given workers, and their root keys rotated.
class HoldersIT extends BrowserIT {

    private static final String ROOT = "a1".repeat(32);
    private static final String NEXT = "b2".repeat(32);

    @Test
    void aKeyHolderIsAddedAndItsWorkerGetsACredentialWithTheKeyboardAlone() {
        String name = unique("Clinic");
        signIn();
        page().navigate("/access");

        link("New key holder").focus();
        page().keyboard().press("Enter");
        assertThat(dialog().getByLabel("Name")).isFocused();
        page().keyboard().type(name);
        page().keyboard().press("Enter");

        see(notice(name + " was added. Give its worker a credential next."));
        see(heading(name));
        see(heading("No worker can sign in yet"));
        see(page().getByText("No evaluation key of its tokens can be made before its root key is known."));
        Holder holder = find(name);
        assertThat(page()).hasURL(Pattern.compile("/access/holders/" + holder.id() + "$"));

        link("New credential").focus();
        page().keyboard().press("Enter");
        assertThat(dialog().getByLabel("agent")).isChecked();
        assertThat(dialog().getByLabel("Key holder of the worker")).hasValue(holder.id().toString());
        page().keyboard().type("worker of " + name);
        page().keyboard().press("Enter");
        see(dialog().getByText("I have stored it"));
        String value = revealed();
        closeStored();

        see(row("worker of " + name));
        assertThat(page()).hasURL(Pattern.compile("/access/holders/" + holder.id() + "$"));
        assertThat(page().content()).doesNotContain(value);
        assertThat(String.valueOf(page().evaluate("JSON.stringify([history.state, {...localStorage}, {...sessionStorage}, location.href])")))
                .doesNotContain(value);
        try (KeyswitchClient worker =
                KeyswitchClient.builder().url(system().api()).credential(value).build()) {
            assertThat(worker.holders().list()).extracting(Holder::id).containsExactly(holder.id());
        }
        page().getByLabel("Revoke worker of " + name).click();
        button("Revoke").click();
        see(notice("worker of " + name + " is revoked."));
        see(heading("No worker can sign in yet"));
    }

    @Test
    void aNameThatIsTakenAndAFingerprintThatIsNoneAreToldAtTheirFields() {
        Holder other = owner().holders().create(new CreateHolder(unique("Taken"), null));
        String name = unique("Fresh");
        signIn();
        page().navigate("/access/holders/new");

        page().getByLabel("Name").fill(other.name());
        button("Add key holder").click();
        see(page().locator("#name-wrong"));
        page().getByLabel("Name").fill(name);
        page().getByLabel("Fingerprint of its root key").fill("abc");
        button("Add key holder").click();
        see(page().locator("#rootFingerprint-wrong"));
        assertThat(page().getByLabel("Name")).hasValue(name);
        page().getByLabel("Fingerprint of its root key").fill(ROOT.toUpperCase(Locale.ROOT).replaceAll("(.{8})", "$1 "));
        button("Add key holder").click();

        see(heading(name));
        assertThat(find(name).rootFingerprint()).isEqualTo(ROOT);
    }

    @Test
    void aKeyHolderIsRenamedUnlessSomebodyElseWasFaster() {
        Holder holder = owner().holders().create(new CreateHolder(unique("Old"), null));
        open(holder);
        link("Edit…").click();
        dialog().getByLabel("Name").fill(holder.name() + " mine");

        owner().holders().change(holder.id(), new ChangeHolder(holder.name() + " theirs", null));
        button("Save").click();

        see(dialog().getByText("Not saved: meanwhile somebody changed this key holder."));
        assertThat(dialog()).containsText(holder.name() + " theirs");
        button("Save").click();
        see(heading(holder.name() + " mine"));
        button("Undo").click();
        see(heading(holder.name() + " theirs"));
    }

    @Test
    void aRotationNamesItsEffectAndItsProgressIsSeen() throws SQLException {
        Holder holder = owner().holders().create(new CreateHolder(unique("Rotated"), ROOT));
        Model model = model(unique("Rotating"));
        Token old = tokenOf(holder, model);
        execute("state = 'READY', root_fingerprint = '" + ROOT + "'", holder);
        for (int i = 0; i < 50; i++) { // so many wait that none more is replaced
            tokenOf(holder, model);
        }
        open(holder);

        link("Rotate root key…").click();
        assertThat(dialog().getByLabel("Fingerprint of the new root key")).isFocused();
        page().keyboard().type(ROOT);
        page().keyboard().press("Enter");
        see(dialog().getByText("This is the root key it has."));
        dialog().getByLabel("Fingerprint of the new root key").fill(NEXT);
        page().keyboard().press("Enter");
        assertThat(dialog()).containsText(Pattern.compile(
                "1 evaluation key of 51 assigned tokens comes from another root key and is made again: [0-9.]+ kB, about [0-9.]+ m?s of computing"));
        assertThat(link("Keep the present one")).isFocused();
        assertThat(owner().holders().get(holder.id()).rootFingerprint()).as("nothing is done yet").isEqualTo(ROOT);
        button("Rotate the root key").click();

        see(notice(holder.name() + " has another root key now."));
        assertThat(page().locator(".job")).containsText("0 of 51");
        assertThat(owner().holders().get(holder.id()).rootFingerprint()).isEqualTo(NEXT);
        page().navigate("/access");
        assertThat(row(holder.name())).containsText("0 of 51");
        page().goBack();
        assertThat(page().locator(".job")).containsText("0 of 51");

        execute("state = 'READY', root_fingerprint = '" + NEXT + "'", holder, "state = 'REQUESTED'");

        assertThat(page().locator(".job")).hasCount(0, new HasCountOptions().setTimeout(30_000));
        assertThat(row(old.name())).containsText("Waiting");
        assertThat(owner().tokens().get(old.id()).generation()).isEqualTo(2);
    }

    @Test
    void aRotationDecidedOnOldNewsIsNotDone() {
        Holder holder = owner().holders().create(new CreateHolder(unique("Contested"), ROOT));
        signIn();
        page().navigate("/access/holders/" + holder.id() + "/rotate-root-key?rootFingerprint=" + NEXT);
        see(page().getByText("It has no assigned token, so no evaluation key is replaced."));

        owner().holders().rotateRootKey(holder.id(), "c3".repeat(32));
        button("Rotate the root key").click();

        see(notice("Nothing was changed"));
        assertThat(page()).hasURL(Pattern.compile("/access/holders/" + holder.id() + "$"));
        assertThat(owner().holders().get(holder.id()).rootFingerprint()).isEqualTo("c3".repeat(32));
    }

    @Test
    void othersThanOwnersLookOnly() {
        Holder holder = owner().holders().create(new CreateHolder(unique("Seen"), ROOT));
        Credential viewer = owner().credentials().create(new CreateCredential(unique("viewer"), Role.VIEWER, null));
        signIn(page(), Objects.requireNonNull(viewer.value()));

        page().navigate("/access/holders/" + holder.id());

        see(heading(holder.name()));
        see(page().getByText(ROOT));
        assertThat(page().locator("main").getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText("…")))
                .hasCount(0);
        page().navigate("/access/holders/" + holder.id() + "/rotate-root-key?rootFingerprint=" + NEXT);
        see(page().getByText("Request id"));
        assertThat(owner().holders().get(holder.id()).rootFingerprint()).isEqualTo(ROOT);
    }

    private void open(Holder holder) {
        signIn();
        page().navigate("/access/holders/" + holder.id());
    }

    private Holder find(String name) {
        return owner().holders().list().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private Token tokenOf(Holder holder, Model model) {
        return owner().tokens().create(new CreateToken(unique("held"), null, 30, null, model.id(), null, holder.id()));
    }

    private void execute(String set, Holder holder) throws SQLException {
        execute(set, holder, "true");
    }

    /// As workers of that key holder would have it.
    private void execute(String set, Holder holder, String where) throws SQLException {
        UUID id = holder.id();
        try (Connection database = system().database();
                Statement statement = database.createStatement()) {
            statement.execute("update evaluation_key set " + set + " where holder_id = '" + id + "' and " + where);
        }
    }
}
