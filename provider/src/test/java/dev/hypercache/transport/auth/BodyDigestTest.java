package dev.hypercache.transport.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class BodyDigestTest {

    /** RFC 9421 appendix B.2: the body of the test response. */
    private static final String BODY = "{\"message\": \"good dog\"}";

    @Test
    void digestsOfTheStandardsExamplesAreReproduced() {
        // RFC 9530 appendix B.2 and B.1, the body with and without its line break.
        assertThat(of("{\"hello\": \"world\"}\n").toField())
                .isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
        assertThat(of("{\"hello\": \"world\"}").toField())
                .isEqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        assertThat(of("").toField()).isEqualTo("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    }

    @Test
    void bodyInPartsHasTheDigestOfTheWhole() {
        BodyDigest digest = new BodyDigest();
        for (int i = 0; i < BODY.length(); i++) {
            digest.update(ByteBuffer.allocateDirect(1).put(0, (byte) BODY.charAt(i)));
        }
        assertThat(digest.toField()).isEqualTo(of(BODY).toField());
    }

    @Test
    void bufferIsLeftAsItIs() {
        ByteBuffer part = ByteBuffer.wrap(("__" + BODY + "__").getBytes(US_ASCII), 2, BODY.length());
        assertThat(BodyDigest.of(part).matches(of(BODY).toField())).isTrue();
        assertThat(part.position()).isEqualTo(2);
        assertThat(part.remaining()).isEqualTo(BODY.length());
    }

    @Test
    void nothingButTheVeryDigestMatches() {
        BodyDigest digest = of(BODY);
        String field = digest.toField();
        assertThat(digest.matches(field)).isTrue();
        assertThat(digest.matches(of("").toField())).isFalse();
        assertThat(digest.matches(field.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(digest.matches(field + " ")).isFalse();
        assertThat(digest.matches("")).isFalse();
    }

    @Test
    void bodyDoesNotGoOnBehindItsEnd() {
        BodyDigest digest = of(BODY);
        assertThat(digest.toField()).isEqualTo(digest.toField());
        assertThatThrownBy(() -> digest.update(ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Ask for the digest last");
    }

    private static BodyDigest of(String body) {
        return BodyDigest.of(ByteBuffer.wrap(body.getBytes(US_ASCII)));
    }
}
