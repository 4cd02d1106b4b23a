package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandsIT {
    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void listsModelsInColumns() {
        peer.on("GET /v1/models", Samples.page(Samples.triage(), Samples.fraud()));

        Cli.Run run = cli.run("models", "list");

        assertThat(run.out()).isEqualTo("""
            NAME    STATUS  SCHEME  DEGREE  PRIMES       ROTATIONS  TOKENS  CREATED           ID
            triage  ACTIVE  CKKS      8192  60,40,40,60  -1,0,1         12  2026-11-23 09:05  0199a000-0000-7000-8000-000000000001
            fraud   ACTIVE  BFV       4096  36,36,37     none            1  2026-11-23 09:05  0199a000-0000-7000-8000-000000000002
            """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(peer.calls()).containsExactly("GET /v1/models?limit=50");
    }

    @Test
    void saysWhenThereIsMore() {
        peer.on("GET /v1/models", Samples.answer(new Page<>(List.of(Samples.triage()), "c1")));

        assertThat(cli.run("models", "list").err()).isEqualTo("There are more: --all, or --cursor c1\n");
    }

    @Test
    void walksAllPagesIntoOneDocument() {
        peer.on(
                "GET /v1/models",
                Samples.answer(new Page<>(List.of(Samples.triage()), "c1")),
                Samples.answer(new Page<>(List.of(Samples.fraud()), null)));

        Cli.Run run = cli.run("models", "list", "--all", "-o", "json");

        assertThat(run.out())
                .containsSubsequence("\"name\" : \"triage\"", "\"name\" : \"fraud\"", "\"nextCursor\" : null");
        assertThat(run.out()).startsWith("{\n").endsWith("}\n");
    }

    @Test
    void createsAModelFromFlags() {
        peer.on("POST /v1/models", Samples.answer(Samples.triage()));

        Cli.Run run = cli.run(
                "models",
                "create",
                "triage",
                "--description",
                "scores a case",
                "--scheme",
                "ckks",
                "--degree",
                "8192",
                "--coeff-modulus-bits",
                "60,40,40,60",
                "--rotations",
                "-1,1,0",
                "--no-relinearization",
                "--key-form",
                "plain",
                "--seal-stamp",
                "4.1");

        assertThat(peer.received().getFirst().text())
                .isEqualTo("{\"name\":\"triage\",\"description\":\"scores a"
                        + " case\",\"encryptionProfile\":{\"scheme\":\"CKKS\","
                        + "\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,40,40,60],\"rotations\":[-1,0,1],"
                        + "\"relinearization\":false,\"keyForm\":\"PLAIN\",\"sealStamp\":\"4.1\"}}");
        assertThat(run.out()).startsWith("""
            name             triage
            id               0199a000-0000-7000-8000-000000000001
            description      scores a case
            status           ACTIVE
            tokens           12
            created          2026-11-23 09:05
            scheme           CKKS
            degree           8192
            primes           60,40,40,60 bits
            rotations        -1,0,1
            relinearization  yes
            key form         SEEDED
            SEAL stamp       3.7
            profile digest\
            """);
    }

    @Test
    void leavesDefaultsToTheApi() {
        peer.on("POST /v1/models", Samples.answer(Samples.fraud()));

        cli.run(
                "models",
                "create",
                "fraud",
                "--scheme",
                "bfv",
                "--degree",
                "4096",
                "--coeff-modulus-bits",
                "36,36,37",
                "--plain-modulus-bits",
                "20",
                "--rotations",
                "all");

        assertThat(peer.received().getFirst().text())
                .isEqualTo("{\"name\":\"fraud\",\"encryptionProfile\":{\"scheme\":\"BFV\",\"polyModulusDegree\":4096,"
                        + "\"coeffModulusBits\":[36,36,37],\"plainModulusBits\":20,\"rotations\":\"ALL\"}}");
    }

    @Test
    void createsAModelFromAFile() throws Exception {
        peer.on("POST /v1/models", Samples.answer(Samples.triage()));
        Path file = folder.resolve("profile.json");
        Files.writeString(
                file,
                "{\"scheme\":\"CKKS\",\"polyModulusDegree\":8192,\"coeffModulusBits\":[60,60],\"rotations\":\"NONE\"}");

        Cli.Run run = cli.run("models", "create", "triage", "--profile", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(peer.received().getFirst().text()).contains("\"rotations\":\"NONE\"");
    }

    @Test
    void refusesAFileWithATypo() throws Exception {
        Path file = folder.resolve("profile.json");
        Files.writeString(file, "{\"scheme\":\"CKKS\",\"polyModulusDegre\":8192}");

        Cli.Run run = cli.run("models", "create", "triage", "--profile", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("is not an encryption profile", "polyModulusDegre");
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void saysThatTheFileIsMissing() {
        Cli.Run run = cli.run(
                "models",
                "create",
                "triage",
                "--profile",
                folder.resolve("none.json").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).isEqualTo("keyswitch: There is no file or folder " + folder.resolve("none.json") + ".\n");
    }

    @Test
    void showsWhichFieldsTheApiRefused() {
        peer.on(
                "POST /v1/models",
                Peer.reply(422, "application/problem+json", """
                    {"status":422,"code":"invalid-fields","detail":"Some fields are not valid.","errors":[
                    {"pointer":"/encryptionProfile/coeffModulusBits","detail":"218 bits are too many for degree 4096."}]}\
                    """.getBytes(), Map.of("X-Request-Id", "r-1")));

        Cli.Run run = cli.run(
                "models",
                "create",
                "fraud",
                "--scheme",
                "ckks",
                "--degree",
                "4096",
                "--coeff-modulus-bits",
                "60,60,60,38");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
            keyswitch: Some fields are not valid.
              /encryptionProfile/coeffModulusBits: 218 bits are too many for degree 4096.
              request r-1
            """);
    }

    @Test
    void showsOneModelByName() {
        peer.on("GET /v1/models", Samples.page(Samples.triage()));

        Cli.Run run = cli.run("models", "get", "triage", "-o", "json");

        assertThat(run.out()).startsWith("""
            {
              "id" : "0199a000-0000-7000-8000-000000000001",
              "name" : "triage",
              "description" : "scores a case",
              "status" : "ACTIVE",
              "encryptionProfile" : {
                "scheme" : "CKKS",
                "polyModulusDegree" : 8192,
                "coeffModulus" : [
            """);
        assertThat(peer.calls()).containsExactly("GET /v1/models?q=triage&limit=200");
    }

    @Test
    void takesOnlyTheWholeNameForAName() {
        peer.on("GET /v1/models", Samples.page(Samples.triage()));

        Cli.Run run = cli.run("models", "get", "tria");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).isEqualTo("keyswitch: There is no model with the name 'tria'.\n");
    }

    @Test
    void writesSealParametersToANewFile() throws Exception {
        byte[] seal = {0x5E, (byte) 0xA1, 16, 3, 7};
        peer.on("GET /v1/models/" + Samples.MODEL, Samples.answer(Samples.triage()));
        peer.on("GET /v1/models/" + Samples.MODEL + "/encryption-parameters", Peer.bytes(200, seal, Map.of()));
        Path file = folder.resolve("parms.seal");

        Cli.Run first = cli.run("models", "encryption-parameters", Samples.MODEL.toString(), "--out", file.toString());
        Cli.Run second = cli.run("models", "encryption-parameters", Samples.MODEL.toString(), "--out", file.toString());

        assertThat(first.exitCode()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(seal);
        assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(second.err()).contains("exists already; nothing is overwritten");
        assertThat(folder).isDirectoryNotContaining("glob:**part*");
    }

    @Test
    void changesActivatesAndDeactivates() {
        String path = "/v1/models/" + Samples.MODEL;
        peer.on("GET " + path, Samples.answer(Samples.triage()));
        peer.on("PATCH " + path, Samples.answer(Samples.triage()));
        peer.on("POST " + path + "/activate", Samples.answer(Samples.triage()));
        peer.on("POST " + path + "/deactivate", Samples.answer(Samples.triage()));
        String id = Samples.MODEL.toString();

        assertThat(cli.run("models", "update", id, "--description", "").exitCode()).isZero();
        assertThat(peer.received().getLast().text()).isEqualTo("{\"description\":\"\"}");
        assertThat(cli.run("models", "update", id).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("models", "activate", id).out()).startsWith("name");
        assertThat(cli.run("models", "deactivate", id).out()).startsWith("name");
        assertThat(peer.calls()).last().isEqualTo("POST " + path + "/deactivate");
    }

    @Test
    void givesAModelAnotherProfile() {
        String path = "/v1/models/" + Samples.MODEL;
        peer.on("GET " + path, Samples.answer(Samples.triage()));
        peer.on("PUT " + path + "/encryption-profile", Samples.answer(Samples.triage()));

        Cli.Run run = cli.run(
                "models",
                "set-profile",
                Samples.MODEL.toString(),
                "--scheme",
                "ckks",
                "--degree",
                "8192",
                "--coeff-modulus-bits",
                "60,40,40,60");

        assertThat(run.exitCode()).isZero();
        assertThat(peer.received().getLast().text()).contains("\"polyModulusDegree\":8192");
    }

    @Test
    void deletesAModelAndItsAssignmentsOnlyWhenAsked() {
        String path = "/v1/models/" + Samples.MODEL;
        peer.on("GET " + path, Samples.answer(Samples.triage()));
        peer.on("DELETE " + path, Peer.status(204, Map.of()));
        String id = Samples.MODEL.toString();

        assertThat(cli.run("models", "delete", id).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("models", "delete", id, "--yes").out()).isEqualTo("Deleted the model triage (" + id + ").\n");
        assertThat(cli.run("models", "delete", id, "--yes", "--unassign-tokens").out()).contains("12 tokens");
        assertThat(peer.calls()).last().isEqualTo("DELETE " + path + "?unassignTokens=true");
    }

    @Test
    void everyDryRunAsksForAPreviewAlone() {
        Model model = Samples.triage();
        String path = "/v1/models/" + Samples.MODEL;
        Peer.Reply preview = Samples.answer(new Preview<>(200, model, model, List.of(), new KeyWork(12, 38_000_000, 2.52)));
        peer.on("GET " + path, Samples.answer(model))
                .on("POST " + path + "/deactivate", preview)
                .on("PUT " + path + "/encryption-profile", preview)
                .on("DELETE " + path, preview);

        for (String command : List.of(
                "deactivate ID",
                "set-profile ID --scheme ckks --degree 8192 --coeff-modulus-bits 60,40,40,60",
                "delete ID --unassign-tokens")) {
            Cli.Run run = cli.run(("models " + command.replace("ID", Samples.MODEL.toString()) + " --dry-run").split(" "));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("keys to make    12\nsize            38.0 MB\n");
        }
        assertThat(peer.calls()).filteredOn(call -> !call.startsWith("GET"))
                .containsExactly(
                        "POST " + path + "/deactivate?dryRun=true",
                        "PUT " + path + "/encryption-profile?dryRun=true",
                        "DELETE " + path + "?unassignTokens=true&dryRun=true");
    }
}
