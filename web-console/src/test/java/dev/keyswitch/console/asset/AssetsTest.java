package dev.keyswitch.console.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetsTest {

    @Test
    void everyFileOfTheFolderIsServedAndNoOther() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Assets.SCRIPTS.stream(), Assets.OTHERS.stream()).toList());
        }
    }

    @Test
    void scriptsImportEachOtherOnly() throws IOException, URISyntaxException {
        Pattern imports = Pattern.compile("from '([^']+)'");
        for (String script : Assets.SCRIPTS) {
            String text = Files.readString(folder().resolve(script));
            List<String> from = imports.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
            assertThat(from).allMatch(name -> Assets.SCRIPTS.contains(name.replaceFirst("^\\./", "")));
        }
    }

    @Test
    void anAddressOfAnotherVersionServesNothing() {
        Assets assets = new Assets();
        String version = assets.url("console.css").split("/")[2];

        assertThat(assets.file(version, "console.css"))
                .hasValueSatisfying(bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("--accent"));
        assertThat(assets.file("0123456789ab", "console.css")).isEmpty();
        assertThat(assets.file(version, "../application.properties")).isEmpty();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(AssetsTest.class.getResource("/console/static/console.css")).toURI())
                .getParent();
    }
}
