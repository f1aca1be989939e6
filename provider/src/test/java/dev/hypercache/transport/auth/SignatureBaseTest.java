package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.Verdict;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureBaseTest {

    /** RFC 9421 appendix B.2.5: the signature sig-b25 of the test request. */
    private static final List<Component> COMPONENTS = List.of(
            new Component("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            new Component("@authority", "example.com"),
            new Component("content-type", "application/json"));

    private static final String KEY_ID = "test-shared-secret";

    /** RFC 9421 appendix B.1.5. */
    private static final String SECRET =
            "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

    private static final String SIGNATURE = "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=";

    @Test
    void baseOfTheStandardsExampleIsReproduced() {
        assertThat(base()).isEqualTo("""
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@authority": example.com
                "content-type": application/json
                "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"\
                """);
    }

    @Test
    void signatureOfTheStandardsExampleIsReproduced() {
        HmacKeys keys = new HmacKeys();
        keys.install(
                SigningKey.unlimited(KEY_ID, Secret.copyOf(Base64.getDecoder().decode(SECRET)), Role.MEMBER));
        keys.use(KEY_ID);
        HmacSigner signer = new HmacSigner(keys);
        ByteBuffer message = ByteBuffer.wrap(base().getBytes(US_ASCII));

        Signature signature = signer.sign(0, message);

        assertThat(SignatureText.of(signature.bytes())).isEqualTo("hc=:" + SIGNATURE + ":");
        assertThat(signer.verify(0, signature, message)).isEqualTo(new Verdict.Authentic(KEY_ID, Role.MEMBER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "\u0000", "\t", "\u007f", "\u00e4", "\u20ac"})
    void valueThatCouldEndItsLineIsNoComponent(String value) {
        assertThatThrownBy(() -> new Component("date", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The value of date has the character");
    }

    private static String base() {
        String list = SignatureBase.list(List.of("date", "@authority", "content-type"));
        return SignatureBase.of(COMPONENTS, list + ";created=1618884473;keyid=\"" + KEY_ID + "\"");
    }
}
