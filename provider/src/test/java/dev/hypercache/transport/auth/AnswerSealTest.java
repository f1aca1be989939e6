package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.SigningKeysReader.Listed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnswerSealTest {

    private static final ByteBuffer BODY = ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer();

    private final SignedCalls asker = calls(1);

    private static SignedCalls calls(int secret) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) secret);
        LiveKeys keys = new LiveKeys(new HmacSigner(new HmacKeys()));
        keys.apply(new Listed(List.of(SigningKey.unlimited("k1", Secret.copyOf(bytes), Role.MEMBER)), "k1"));
        return SignedCalls.of(keys, "hypercache", Set.of("n1"), System::currentTimeMillis);
    }

    private SignatureFields asked() {
        return asker.signer().sign(new RequestHead("GET", "n1:1", "/internal/ring", "", null), "n1", new BodyDigest());
    }

    @Test
    void answerOfAHolderOfTheKeyToThatRequestFits() {
        SignatureFields request = asked();
        String seal = AnswerSeal.of(calls(1), "k1", request.nonce(), BODY);

        assertThat(AnswerSeal.fits(asker, request, BODY, seal)).isTrue();
        assertThat(BODY.remaining()).isEqualTo(3);
    }

    @Test
    void otherBodyOtherRequestOtherKeyAndNoSealDoNotFit() {
        SignatureFields request = asked();
        String seal = AnswerSeal.of(asker, "k1", request.nonce(), BODY);

        assertThat(AnswerSeal.fits(asker, request, ByteBuffer.wrap(new byte[] {1, 2, 4}), seal))
                .isFalse();
        assertThat(AnswerSeal.fits(asker, asked(), BODY, seal)).isFalse();
        assertThat(AnswerSeal.fits(asker, request, BODY, AnswerSeal.of(calls(2), "k1", request.nonce(), BODY)))
                .isFalse();
        assertThat(AnswerSeal.fits(asker, request, BODY, null)).isFalse();
        assertThat(AnswerSeal.fits(asker, request, BODY, "")).isFalse();
        assertThat(AnswerSeal.of(asker, "k2", request.nonce(), BODY)).isNull();
    }
}
