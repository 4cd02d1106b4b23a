package dev.keyswitch.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The arrows of docs/architecture.md: what each module may import, of ours and of others.
class ModuleArrowsTest {

    private static final String JSPECIFY = "org.jspecify..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SLF4J = "org.slf4j..";
    private static final String KAFKA_CLIENTS = "org.apache.kafka..";

    private static final Map<String, List<String>> ALLOWED = Map.of(
            "contract", List.of(JSPECIFY, "com.fasterxml.jackson.annotation.."),
            "keygen", List.of(JSPECIFY, "javax.crypto..", "jdk.incubator.vector.."),
            "profile", List.of(JSPECIFY, ours("contract"), ours("keygen")),
            "embedded", List.of(JSPECIFY, SLF4J, KAFKA_CLIENTS, "kafka..", "scala..", "io.zonky.."),
            "sdk", List.of(JSPECIFY, JACKSON, "javax.net.ssl..", ours("contract")),
            "access", List.of(JSPECIFY, SLF4J, KAFKA_CLIENTS, ours("contract")),
            "worker",
                    List.of(
                            JSPECIFY,
                            JACKSON,
                            SLF4J,
                            KAFKA_CLIENTS,
                            ours("contract"),
                            ours("keygen"),
                            ours("profile"),
                            ours("sdk")),
            "cli",
                    List.of(
                            JSPECIFY,
                            JACKSON,
                            "picocli..",
                            ours("contract"),
                            ours("keygen"),
                            ours("profile"),
                            ours("sdk")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.keyswitch");

    @Test
    void modulesImportOnlyWhatTheyMay() {
        ALLOWED.forEach((module, others) -> {
            List<String> allowed = new ArrayList<>(others);
            allowed.add(ours(module));
            allowed.add("java..");
            classes()
                    .that()
                    .resideInAPackage(ours(module))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed.toArray(String[]::new))
                    .check(CLASSES);
        });
    }

    @Test
    void theApiKnowsNoHolderAndTheConsoleOnlyTheSdk() {
        assertImportsNoneOf("api", "worker", "sdk", "cli", "console", "embedded", "standalone");
        assertImportsNoneOf("console", "api", "worker", "cli", "keygen", "profile", "embedded", "standalone");
    }

    @Test
    void seesTheClassesOfEveryModule() {
        for (String module :
                List.of("contract", "keygen", "profile", "embedded", "sdk", "access", "api", "worker", "cli", "console")) {
            assertThat(CLASSES.stream().filter(type -> type.getPackageName().startsWith("dev.keyswitch." + module)))
                    .as(module)
                    .hasSizeGreaterThan(2);
        }
    }

    /// No class of the provider's side can so much as name the secret side of key generation.
    @Test
    void theApiNamesNoSecretKey() {
        noClasses()
                .that()
                .resideInAnyPackage(ours("api"), ours("console"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "dev\\.keyswitch\\.keygen\\.(RootKey|SecretKey|HolderMac|EvaluationKeyGenerator|EvaluationKeyVerifier)")
                .check(CLASSES);
    }

    private static void assertImportsNoneOf(String module, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage(ours(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ours(other))
                    .check(CLASSES);
        }
    }

    private static String ours(String module) {
        return "dev.keyswitch." + module + "..";
    }
}
