package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AccessIT extends BrowserIT {

    @Test
    void aCredentialIsCreatedShownOnceAndRevoked() {
        String name = unique("script");
        signIn();
        page().navigate("/access");

        link("New credential").click();
        dialog().getByLabel("Name", exactlyIn()).fill(name);
        dialog().getByLabel("viewer").check();
        button("Create credential").click();
        String value = revealed();
        closeStored();

        see(row(name));
        assertThat(row(name)).containsText("viewer");
        assertThat(row(name)).containsText("never");
        assertThat(page().content()).doesNotContain(value);
        assertThat(roleOf(value)).isEqualTo(Role.VIEWER);
        page().getByLabel("Revoke " + name).click();
        assertThat(dialog()).containsText("Whoever uses it is refused from this moment on.");
        button("Revoke").click();
        see(notice(name + " is revoked."));
        assertThat(row(name)).hasCount(0);
        assertThat(owner().credentials().list()).extracting(Credential::name).doesNotContain(name);
    }

    @Test
    void aGatewayIsBoundToAModel() {
        Model model = model(unique("Guarded"));
        String name = unique("gateway");
        signIn();
        page().navigate("/access");

        link("New credential").click();
        assertThat(field()).isHidden();
        dialog().getByLabel("Name", exactlyIn()).fill(name);
        dialog().getByLabel("gateway").check();
        field().pressSequentially(model.name());
        page().locator("[role=listbox] [role=option]").first().click();
        button("Create credential").click();
        see(dialog().getByText("I have stored it"));

        Credential created = owner().credentials().list().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(created.role()).isEqualTo(Role.GATEWAY);
        assertThat(created.modelIds()).isEqualTo(List.of(model.id()));
    }

    @Test
    void aRolledCredentialWorksUntilItIsRevoked() {
        String name = unique("rolled");
        Credential before = owner().credentials().create(new CreateCredential(name, Role.VIEWER, null));
        signIn();
        page().navigate("/access");

        page().getByLabel("Roll " + name).click();
        assertThat(dialog().getByLabel("until it is revoked")).isChecked();
        button("Roll").click();
        assertThat(dialog()).containsText("works until you revoke it.");
        String value = revealed();
        closeStored();

        assertThat(row(name)).hasCount(2);
        assertThat(page().content()).doesNotContain(value);
        assertThat(roleOf(value)).isEqualTo(Role.VIEWER);
        assertThat(roleOf(Objects.requireNonNull(before.value()))).isEqualTo(Role.VIEWER);
    }

    @Test
    void aRolledCredentialThatMayBeInWrongHandsWorksNoLonger() {
        String name = unique("leaked");
        Credential before = owner().credentials().create(new CreateCredential(name, Role.OPERATOR, null));
        signIn();
        page().navigate("/access");

        page().getByLabel("Roll " + name).click();
        dialog().getByLabel("no longer").check();
        button("Roll").click();
        assertThat(dialog()).containsText("is revoked.");
        String value = revealed();
        closeStored();

        assertThat(row(name)).hasCount(1);
        assertThat(roleOf(value)).isEqualTo(Role.OPERATOR);
        assertThatThrownBy(() -> roleOf(Objects.requireNonNull(before.value()))).isInstanceOf(ProblemException.class);
    }

    @Test
    void oneIsNotCutOffByRollingOnesOwn() {
        signIn();
        page().navigate("/access");

        page().getByLabel("Roll bootstrap").click();

        assertThat(dialog().getByLabel("no longer")).isDisabled();
    }

    @Test
    void theLastOwnerStays() {
        signIn();
        page().navigate("/access");

        page().getByLabel("Revoke bootstrap").click();
        assertThat(dialog()).containsText("you will be signed out");
        button("Revoke").click();

        see(notice("Not revoked: This is the account's last OWNER credential."));
        see(row("bootstrap"));
    }

    @Test
    void othersThanOwnersSeeKeyHoldersAlone() {
        Credential operator = owner().credentials().create(new CreateCredential(unique("operator"), Role.OPERATOR, null));
        signIn(page(), Objects.requireNonNull(operator.value()));

        page().navigate("/access");

        see(page().getByText("Owners of the account see and manage them."));
        assertThat(link("New credential")).hasCount(0);
        assertThat(page().getByRole(AriaRole.TABLE)).hasCount(1);
    }

    private Role roleOf(String value) {
        try (KeyswitchClient client =
                KeyswitchClient.builder().url(system().api()).credential(value).build()) {
            return client.whoami().role();
        }
    }

    private static Locator.GetByLabelOptions exactlyIn() {
        return new Locator.GetByLabelOptions().setExact(true);
    }
}
