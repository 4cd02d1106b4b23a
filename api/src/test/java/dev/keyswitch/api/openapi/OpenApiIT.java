package dev.keyswitch.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.TestClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The committed description is the one this code answers. docs/reference/http-behaviour.md has the command that writes it anew.
class OpenApiIT extends ApiIT {

    private static final Path COMMITTED = Path.of("..", "docs", "reference", "openapi.json");

    @Test
    void isWhatIsCommitted() throws Exception {
        String served = withoutCredential().get("/openapi").text();
        if (Boolean.getBoolean("keyswitch.openapi.write")) {
            Files.writeString(COMMITTED, served);
        }

        assertThat(served).isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void refersToNothingThatIsMissing() {
        JsonNode document = document();
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.asText()));

        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
        assertThat(references).hasSizeGreaterThan(50).allSatisfy(reference -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
        assertThat(document.findValuesAsText("operationId")).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }

    /// A kind of answer that is new needs one in `Examples`.
    @Test
    void hasAnExampleOfEveryAnswerThatIsOneByItsSchema() {
        JsonNode document = document();
        AnswerContract contract = new AnswerContract(document, List.of());
        Set<String> answered = new TreeSet<>(Set.of("Problem"));
        document.get("paths").findValues("responses").forEach(responses -> responses.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#/components/schemas/"))
                .forEach(reference -> answered.add(reference.substring(reference.lastIndexOf('/') + 1))));
        Set<String> examples = new TreeSet<>();
        document.at("/components/schemas").properties().forEach(schema -> schema.getValue().path("examples").forEach(example -> {
            examples.add(schema.getKey());
            assertThat(schema.getValue().has("properties")).as("there is such a thing: " + schema.getKey()).isTrue();
            assertThat(contract.unfit(example, schema.getValue())).as(schema.getKey()).isEmpty();
        }));

        assertThat(examples).containsAll(answered);
    }

    @Test
    void namesTheQueryParametersThatThereAre() {
        document().get("paths").properties().forEach(path -> {
            JsonNode list = path.getValue().path("get");
            if (list.isMissingNode() || path.getKey().contains("{")) {
                return;
            }
            list.path("parameters").forEach(parameter -> {
                if (parameter.get("in").asText().equals("query")) {
                    // Twice is refused of a parameter that is known, in other words than one that is not.
                    String name = parameter.get("name").asText();
                    Answer answer = (path.getKey().equals("/v1/accounts") ? admin() : owner()).get(path.getKey() + "?" + name + "=x&" + name + "=x");
                    assertThat(answer.problem(422, "invalid-fields").detail()).as(path.getKey() + " " + name).contains("must be given once");
                }
            });
        });
    }

    @Test
    void canBeReadAsAPageWithoutScripts() {
        Answer page = withoutCredential().get("/openapi/page");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'").doesNotContain("unsafe");
        assertThat(page.text()).contains("/v1/tokens/{id}/assignment", "Assigns a token to a model").doesNotContain("<script", "style=");
        assertThat(withoutCredential().get("/openapi/page.css").header("Content-Type")).startsWith("text/css");
    }

    private JsonNode document() {
        return withoutCredential().get("/openapi").json();
    }
}
