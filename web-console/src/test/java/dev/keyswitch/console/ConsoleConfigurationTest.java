package dev.keyswitch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleConfigurationTest {

    @Test
    void onlyTheApiMustBeNamed() {
        ConsoleConfiguration configuration = Main.configuration(Map.of("KEYSWITCH_API_URL", "http://127.0.0.1:8080"));

        assertThat(configuration.host()).isEqualTo("127.0.0.1");
        assertThat(configuration.port()).isEqualTo(8081);
        assertThat(configuration.secure()).isFalse();
    }

    @Test
    void cookiesAreSecureBehindTls() {
        ConsoleConfiguration configuration = Main.configuration(Map.of(
                "KEYSWITCH_API_URL", "http://api:8080", "KEYSWITCH_CONSOLE_PUBLIC_URL", "https://console.example"));

        assertThat(configuration.secure()).isTrue();
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        assertThatThrownBy(() -> Main.configuration(Map.of())).hasMessageContaining("KEYSWITCH_API_URL");
        assertThatThrownBy(() -> Main.configuration(
                        Map.of("KEYSWITCH_API_URL", "http://a", "KEYSWITCH_CONSOLE_PORT", "eighty")))
                .hasMessageContaining("KEYSWITCH_CONSOLE_PORT");
        assertThatThrownBy(() -> Main.configuration(Map.of("KEYSWITCH_API_URL", "a:8080")))
                .hasMessageContaining("API URL");
    }
}
