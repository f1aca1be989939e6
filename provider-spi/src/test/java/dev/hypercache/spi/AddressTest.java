package dev.hypercache.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "cache-1:7400, cache-1, 7400",
        "CACHE-1.Example.COM:1, cache-1.example.com, 1",
        "10.0.0.5:65535, 10.0.0.5, 65535",
        "[::1]:7400, ::1, 7400",
        "[2001:DB8::7]:80, 2001:db8::7, 80",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80",
        "[::ffff:10.0.0.5]:0, ::ffff:10.0.0.5, 0",
    })
    void hostAndPortAreRead(String text, String host, int port) {
        Address address = Address.parse(text);

        assertThat(address).isEqualTo(new Address(host, port));
        assertThat(Address.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "host",
                "host:",
                ":7400",
                "host:65536",
                "host:-1",
                "host:+1",
                "host:7a",
                "host:123456",
                "::1:7400",
                "[::1]",
                "[::1]7400",
                "[]:7400",
                "[host]:7400",
                "[10.0.0.5]:7400",
                "ho st:7400",
                " host:7400",
                "host:7400 ",
                "host/x:7400",
                "http://host:7400",
                "[::1%]:7400",
                "[fe80::1%e/0]:7400",
                "[g::1]:7400",
                "[[::1]]:7400",
                "a,b:1"
            })
    void otherFormsAreRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessageStartingWith("Address \"" + text + "\" is not host:port")
                .withMessageContaining("[::1]:7400");
    }

    @Test
    void controlCharactersOfInputNeverReachTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("host\n\u001b[31m:7400"))
                .withMessageStartingWith("Address \"host??[31m:7400\"");
    }

    @Test
    void partsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address("host", 65_536))
                .withMessageContaining("Port 65536 of host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address("h".repeat(254), 1))
                .withMessageContaining("at most 253 characters");
    }

    @Test
    void addressesAreOrderedByHostThenPort() {
        assertThat(new Address("a", 9)).isLessThan(new Address("b", 1));
        assertThat(new Address("a", 1)).isLessThan(new Address("a", 9));
    }
}
