package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.ModelQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelPagesIT extends BrowserIT {

    @BeforeEach
    void theOwner() {
        signIn();
    }

    @Test
    void deactivatingNamesItsEffectAndCanBeTakenBack() {
        Model model = model(unique("Switch"));
        // No worker makes a key of custody HOLDER, so the move waits.
        Token moving = owner().tokens()
                .create(new CreateToken(unique("moving"), null, 30, null, model(unique("Present")).id(), Custody.HOLDER, null));
        owner().tokens().reassign(moving.id(), model.id(), AssignmentMode.WHEN_READY);
        page().navigate("/models/" + model.id());

        menu(model, "Deactivate…");
        assertThat(dialog()).containsText("No token can query it until it is active again");
        assertThat(dialog()).containsText("1 move to it that waits for an evaluation key is canceled.");
        button("Deactivate").click();
        see(notice(model.name() + " is inactive."));
        see(page().getByText("This model is inactive: its tokens cannot query"));
        assertThat(owner().models().get(model.id()).status()).isEqualTo(ModelStatus.INACTIVE);
        button("Undo").click();

        see(notice(model.name() + " is active."));
        assertThat(owner().models().get(model.id()).status()).isEqualTo(ModelStatus.ACTIVE);
    }

    @Test
    void aModelIsRenamedUnlessSomebodyElseWasFaster() {
        Model model = model(unique("Named"));
        page().navigate("/models/" + model.id());
        link("Edit…").click();
        dialog().getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(model.name() + " mine");

        owner().models().change(model.id(), new ChangeModel(model.name() + " theirs", null));
        button("Save").click();

        see(dialog().getByText("Not saved: meanwhile somebody changed this model."));
        assertThat(dialog()).containsText(model.name() + " theirs");
        assertThat(owner().models().get(model.id()).name()).isEqualTo(model.name() + " theirs");
        button("Save").click();
        see(heading(model.name() + " mine"));
    }

    @Test
    void anotherEncryptionProfileAsksForNewKeysAndThePageShowsTheModelAsItIsThen() throws IOException {
        system().startWorker();
        Model model = model(unique("Recompiled"));
        Token token = owner().tokens().assign(token(unique("recompiled")).id(), model.id());
        owner().tokens().awaitReady(token, Duration.ofSeconds(30), key -> {});
        page().navigate("/models/" + model.id());

        page().getByLabel("More about " + model.name()).click();
        link("New encryption profile…").click();
        assertThat(page().getByLabel("Sizes of the primes in bits")).hasValue("36, 36, 37");
        button("Continue").click();
        see(page().getByText("This is the encryption profile that " + model.name() + " has."));
        page().getByLabel("Rotation steps").fill("1");
        button("Continue").click();

        assertThat(dialog()).containsText("with relinearisation becomes CKKS");
        assertThat(dialog()).containsText(Pattern.compile("1 new evaluation key is made, token by token: [0-9.]+ kB, about"));
        assertThat(dialog()).containsText("Ciphertexts and secret keys of the present parameters still fit.");
        assertThat(owner().models().get(model.id()).encryptionProfile().rotations()).isEqualTo(Rotations.none());
        page().keyboard().press("Escape");
        assertThat(page().getByLabel("Rotation steps")).hasValue("1");
        button("Continue").click();
        button("Change the profile").click();

        see(notice(model.name() + " has another encryption profile now. New evaluation keys are asked for."));
        assertThat(owner().models().get(model.id()).encryptionProfile().rotations()).isEqualTo(Rotations.steps(1));
        link("Evaluation keys").last().click();
        assertThat(page().locator("tbody tr").first()).containsText("Ready", soon());
        assertThat(page().locator("tbody tr").nth(1)).containsText("Superseded", soon());
        Token now = owner().tokens().get(token.id());
        assertThat(Objects.requireNonNull(now.evaluationKey()).state()).isEqualTo(EvaluationKeyState.READY);
        assertThat(now.generation()).isGreaterThan(token.generation());
    }

    @Test
    void deletingAModelInUseSaysWhatBecomesOfItsTokens() {
        Model model = model(unique("Doomed"));
        Token token = owner().tokens().assign(token(unique("survivor")).id(), model.id());
        page().navigate("/models/" + model.id());

        menu(model, "Delete…");
        assertThat(dialog()).containsText("Queries of 1 token are refused from that moment on.");
        assertThat(dialog()).containsText("1 token loses its assignment and evaluation keys, one after the other. The tokens stay.");
        button("Unassign and delete").click();

        see(notice(model.name() + " is being deleted."));
        assertThat(page()).hasURL(Pattern.compile("/models$"));
        page().waitForCondition(() -> owner().models().list(ModelQuery.everything().q(model.name())).items().isEmpty());
        assertThat(owner().tokens().get(token.id()).modelId()).isNull();
    }

    @Test
    void itsActivityIsItsOwn() {
        Model model = model(unique("Watched"));
        Model other = model(unique("Unrelated"));
        Token token = owner().tokens().assign(token(unique("seen")).id(), model.id());

        page().navigate("/models/" + model.id() + "/activity");

        assertThat(page().locator(".activity")).containsText("assigned " + token.name() + " to " + model.name());
        assertThat(page().locator(".activity")).not().containsText(other.name());
    }

    private void menu(Model model, String entry) {
        page().getByLabel("More about " + model.name()).click();
        page().locator(".menu:popover-open a").filter(new Locator.FilterOptions().setHasText(entry)).click();
        see(dialog());
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(30_000);
    }
}
