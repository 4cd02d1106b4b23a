package dev.keyswitch.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"/models", "/tokens?q=a%20b&show=assigned", "/models/1/tokens?cursor=x"})
    void keepsAddressesOfThisConsole(String address) {
        assertThat(LocalAddress.or(address, "/home")).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "models", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)",
                "/a b", "/a\r\nX: y", "/%zz"
            })
    void leadsHomeWhereAnAddressCouldLeadElsewhere(String address) {
        assertThat(LocalAddress.or(address, "/home")).hasToString("/home");
    }
}
