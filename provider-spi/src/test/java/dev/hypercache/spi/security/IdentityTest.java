package dev.hypercache.spi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityTest {

    @Test
    void uriOfACertificateIsReadInFull() {
        Identity identity = Identity.parse("spiffe://example.org/orders/member/node-1");

        assertThat(identity).isEqualTo(new Identity("example.org", "orders", Role.MEMBER, "node-1"));
        assertThat(identity.toUri()).isEqualTo("spiffe://example.org/orders/member/node-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node-1",
                "https://example.org/orders/member/node-1",
                "SPIFFE://example.org/orders/member/node-1",
                "spiffe://Example.org/orders/member/node-1",
                "spiffe://example.org/orders/member",
                "spiffe://example.org/orders/member/",
                "spiffe://example.org//member/node-1",
                "spiffe://example.org/orders/member/node-1/x",
                "spiffe://example.org/orders/member/node-1/",
                "spiffe://example.org/orders/member/node-1?x=1",
                "spiffe://example.org/orders/member/node%2d1",
                "spiffe://example.org:443/orders/member/node-1",
                "spiffe://u@example.org/orders/member/node-1",
                "spiffe://example.org/../member/node-1",
                "spiffe://example.org/orders/member/.",
                "spiffe://example.org/orders/MEMBER/node-1",
                "spiffe://example.org/orders/superuser/node-1",
                "spiffe://example.org/orders/member/node-1\n"
            })
    void anythingElseIsRefused(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.parse(uri))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
