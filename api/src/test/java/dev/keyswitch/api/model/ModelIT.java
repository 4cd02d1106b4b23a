package dev.keyswitch.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIT extends ApiIT {

    @Test
    void registersAModelWithItsResolvedProfile() {
        Model created = owner().post(
                        "/v1/models",
                        new CreateModel("  credit scoring ", "v3", EncryptionProfile.ckks(8192, 60, 40, 40, 60)))
                .as(201, Model.class);

        assertThat(created.name()).isEqualTo("credit scoring");
        assertThat(created.status()).isEqualTo(ModelStatus.ACTIVE);
        assertThat(created.tokenCount()).isZero();
        assertThat(created.encryptionProfile().coeffModulus()).hasSize(4);
        assertThat(created.encryptionProfile().coeffModulusBits()).isNull();
        assertThat(created.encryptionProfile().digest()).hasSize(64);
        assertThat(created.encryptionProfile().parmsId()).hasSize(64);
        assertThat(owner().get("/v1/models/" + created.id()).as(200, Model.class)).isEqualTo(created);
    }

    @Test
    void answersTheEncryptionParametersAsSealHasThem() {
        Model model = Samples.model(owner(), "for its parameters");

        var answer = owner().get("/v1/models/" + model.id() + "/encryption-parameters");

        KeyProfile profile = EncryptionProfiles.of(model.encryptionProfile());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.bytes()).isEqualTo(profile.parameters().toSeal(profile.stamp()));
    }

    @Test
    void refusesANameThatIsTaken() {
        Samples.model(owner(), "taken");

        Problem problem =
                owner().post("/v1/models", new CreateModel(" taken", null, Samples.profile())).problem(409, "model-name-taken");

        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/name");
    }

    @Test
    void letsOneOfTwoCallersHaveAName() throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            Callable<Integer> create = () ->
                    owner().post("/v1/models", new CreateModel("contested", null, Samples.profile())).status();
            List<Integer> statuses = callers.invokeAll(java.util.Collections.nCopies(8, create)).stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8191,\"coeffModulusBits\":[60,40,60]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":1024,\"coeffModulusBits\":[60,60]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,null]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,-1]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[61,40]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulus\":[\"12\",\"13\"]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulus\":[\"x\"]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"plainModulusBits\":20}",
                "{\"scheme\":\"BFV\",\"polyModulusDegree\":4096,\"coeffModulusBits\":[36,36,37]}",
                "{\"scheme\":\"BFV\",\"polyModulusDegree\":4096,\"coeffModulusBits\":[36,36,37],\"plainModulusBits\":99}",
                "{\"scheme\":\"XYZ\",\"polyModulusDegree\":4096,\"coeffModulusBits\":[36,36,37]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60],\"rotations\":\"ALL\"}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"rotations\":\"SOME\"}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"rotations\":[]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"rotations\":[1.5]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"rotations\":[4096]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"rotations\":{}}",
                // 5.6 GB: more than a worker makes
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":32768,\"keyForm\":\"PLAIN\",\"coeffModulusBits\":"
                        + "[60,40,40,40,40,40,40,40,40,40,40,40,40,40,60],\"rotations\":"
                        + "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,"
                        + "26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"sealStamp\":\"2.0\"}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"sealStamp\":3.7}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"digest\":\"00\"}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":\"8192\",\"coeffModulusBits\":[60,60]}",
                "{\"scheme\":0,\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":99999999999,\"coeffModulusBits\":[60,60]}",
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":-8192,\"coeffModulusBits\":[60,60]}",
                "\"CKKS\"",
                "[]",
                "null",
                "\"\""
            })
    void refusesABadProfileAndSaysWhere(String profile) {
        long before = this.<Long>value("select count(*) from model");

        Problem problem = owner().post("/v1/models", "{\"name\":\"bad\",\"encryptionProfile\":" + profile + "}")
                .problem(422, "invalid-fields");

        assertThat(problem.errors()).isNotEmpty().allSatisfy(error -> {
            assertThat(error.pointer()).startsWith("/encryptionProfile");
            assertThat(error.detail()).isNotBlank();
        });
        assertThat(this.<Long>value("select count(*) from model")).isEqualTo(before);
    }

    @Test
    void knowsNothingOfAnUnknownModel() {
        owner().get("/v1/models/" + UUID.randomUUID()).problem(404, "not-found");
        owner().get("/v1/models/" + UUID.randomUUID() + "/encryption-parameters").problem(404, "not-found");
        owner().delete("/v1/models/" + UUID.randomUUID()).problem(404, "not-found");
        owner().get("/v1/models/not-an-id").problem(400, "malformed-request");
        owner().get("/v1/models/1-1-1-1-1").problem(400, "malformed-request");
        owner().get("/v1/models/%00").problem(400, "malformed-request");
    }

    @Test
    void countsTheTokensOfAModelAndDeletesItOnlyWithoutAny() {
        Model model = Samples.model(owner(), "to be deleted");
        UUID token = Samples.token(owner(), "t").id();
        Samples.assign(owner(), token, model.id());

        assertThat(owner().get("/v1/models/" + model.id()).as(200, Model.class).tokenCount()).isEqualTo(1);
        assertThat(owner().delete("/v1/models/" + model.id()).problem(409, "model-has-tokens").facts())
                .containsEntry("tokenCount", 1);

        owner().delete("/v1/tokens/" + token + "/assignment");
        assertThat(owner().delete("/v1/models/" + model.id()).status()).isEqualTo(204);
        owner().get("/v1/models/" + model.id()).problem(404, "not-found");
        Samples.model(owner(), "to be deleted");
        JsonNode history = owner().get("/v1/tokens/" + token + "/assignments").json();
        assertThat(history.at("/items/0/modelName").asText()).isEqualTo("to be deleted");
    }

    @Test
    void listsModelsPageByPageInEveryOrder() {
        for (String name : List.of("Zeta", "alpha", "Beta", "gamma-1", "gamma-2", "my gamma")) {
            Samples.model(owner(), "list " + name);
        }

        assertThat(names("q=list&limit=2")).containsExactly(
                "list alpha", "list Beta", "list gamma-1", "list gamma-2", "list my gamma", "list Zeta");
        assertThat(names("q=list&limit=2&sort=-name")).containsExactly(
                "list Zeta", "list my gamma", "list gamma-2", "list gamma-1", "list Beta", "list alpha");
        assertThat(names("q=list&sort=createdAt&limit=4")).containsExactly(
                "list Zeta", "list alpha", "list Beta", "list gamma-1", "list gamma-2", "list my gamma");
        assertThat(names("q=list&sort=-createdAt&limit=5")).containsExactly(
                "list my gamma", "list gamma-2", "list gamma-1", "list Beta", "list alpha", "list Zeta");
        assertThat(names("q=GAMMA&limit=1")).containsExactly("list gamma-1", "list gamma-2", "list my gamma");
        assertThat(names("q=gamma&status=INACTIVE")).isEmpty();
    }

    @Test
    void listsTheModelsThatAreNamedByTheirIds() {
        UUID one = Samples.model(owner(), "named one").id();
        UUID two = Samples.model(owner(), "named two").id();
        Samples.model(owner(), "named by nobody");

        assertThat(names("sort=name&id=" + two + "," + one + "," + UUID.randomUUID())).containsExactly("named one", "named two");
    }

    private List<String> names(String query) {
        List<String> names = new java.util.ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = owner().get("/v1/models?" + query + cursor).json();
            page.path("items").forEach(item -> names.add(item.path("name").asText()));
            if (page.path("nextCursor").isNull()) {
                return names;
            }
            cursor = "&cursor=" + page.path("nextCursor").asText();
        }
    }
}
