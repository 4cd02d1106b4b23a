package dev.keyswitch.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.HttpMethodMapping;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds for operations that nobody has written yet, too.
class GuardedOperationsTest {

    /// The description of the API.
    private static final Set<String> FOR_EVERYBODY = Set.of("/openapi");

    @Test
    void everyOperationNamesTheRolesThatMayCallIt() throws Exception {
        List<Method> operations = controllers().stream()
                .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods()))
                .filter(GuardedOperationsTest::isOperation)
                .toList();

        assertThat(operations).filteredOn(operation -> operation.isAnnotationPresent(AllowedToTokens.class))
                .extracting(Method::getName)
                .containsExactly("self");
        assertThat(operations).hasSizeGreaterThan(20).filteredOn(operation -> !operation.isAnnotationPresent(AllowedToTokens.class)).allSatisfy(operation -> {
            assertThat(operation.getAnnotation(Allowed.class)).as(operation.toString()).isNotNull();
            assertThat(operation.getAnnotation(Allowed.class).value()).as(operation.toString()).isNotEmpty();
        });
    }

    /// The filters that ask for credentials look at nothing else.
    @Test
    void everyControllerIsBehindTheFilters() throws Exception {
        assertThat(controllers()).hasSizeGreaterThan(10).allSatisfy(controller ->
                assertThat(controller.getAnnotation(Controller.class).value()).as(controller.getName()).startsWith("/v1"));
    }

    @Test
    void noOperationBlocksAThreadOfTheServer() throws Exception {
        assertThat(controllers()).allSatisfy(controller -> {
            boolean everywhere = controller.isAnnotationPresent(ExecuteOn.class);
            assertThat(Arrays.stream(controller.getDeclaredMethods()).filter(GuardedOperationsTest::isOperation))
                    .allMatch(operation -> everywhere || operation.isAnnotationPresent(ExecuteOn.class));
        });
    }

    private static boolean isOperation(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethodMapping.class));
    }

    private static List<Class<?>> controllers() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(Allowed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                Class<?> type = Class.forName(name, false, Allowed.class.getClassLoader());
                if (type.isAnnotationPresent(Controller.class) && !FOR_EVERYBODY.contains(type.getAnnotation(Controller.class).value())) {
                    found.add(type);
                }
            }
        }
        return found;
    }
}
