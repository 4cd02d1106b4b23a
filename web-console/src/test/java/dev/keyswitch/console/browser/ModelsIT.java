package dev.keyswitch.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.Scheme;
import dev.keyswitch.sdk.ModelQuery;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsIT extends BrowserIT {

    @BeforeEach
    void theOwner() {
        signIn();
    }

    @Test
    void aModelIsAddedFromAStartingPoint() {
        String name = unique("Scored");
        page().navigate("/models/new");
        page().getByLabel("Name", exact()).fill(name);
        page().getByLabel("Description").fill("Counts answers");
        button("BFV 4096").click();
        see(page().getByText("109 of at most 109 bits"));
        page().getByLabel("Rotation steps").fill("1, -1");
        button("Add model").click();

        see(notice("Model " + name + " was added."));
        see(heading("No token is assigned yet"));
        EncryptionProfile profile = only(name).encryptionProfile();
        assertThat(profile.scheme()).isEqualTo(Scheme.BFV);
        assertThat(profile.polyModulusDegree()).isEqualTo(4096);
        assertThat(profile.rotations()).isEqualTo(Rotations.steps(-1, 1));
    }

    @Test
    void aRefusalIsSaidAtTheFieldAndGoesWhenItIsPutRight() {
        String name = unique("Taken");
        model(name);
        page().navigate("/models/new");
        page().getByLabel("Name", exact()).fill(name);
        page().getByLabel("Sizes of the primes in bits").fill("60, 60, 60, 60");
        see(page().getByText("240 of at most 218 bits"));
        button("Add model").click();
        see(page().locator("#primes-wrong"));

        page().getByLabel("Sizes of the primes in bits").fill("60, 40, 60");
        assertThat(page().locator("#primes-wrong")).hasCount(0);
        button("Add model").click();
        see(page().locator("#name-wrong, .notice").first());
        assertThat(page().getByLabel("Name", exact())).hasValue(name);
        page().getByLabel("Name", exact()).fill(name + " 2");
        button("Add model").click();
        see(notice("Model " + name + " 2 was added."));
    }

    @Test
    void aModelTellsItsProfileInWordsAndHandsOutItsParameters() throws IOException {
        Model model = model(unique("Told"));
        page().navigate("/models");
        page().getByLabel("Search by name").fill(model.name());
        link(model.name()).click();

        see(page().getByText("Computes on encrypted approximate real numbers"));
        see(page().getByText(model.encryptionProfile().digest()));
        var download = page().waitForDownload(() -> link("SEAL EncryptionParameters").click());
        assertThat(Files.readAllBytes(download.path())).isEqualTo(owner().models().encryptionParameters(model.id()));
    }

    private Model only(String name) {
        return owner().models().list(ModelQuery.everything().q(name)).items().getFirst();
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
