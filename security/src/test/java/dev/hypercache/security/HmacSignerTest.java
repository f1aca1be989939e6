package dev.hypercache.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.Signature;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.security.Verdict.Authentic;
import dev.hypercache.spi.security.Verdict.Reason;
import dev.hypercache.spi.security.Verdict.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HmacSignerTest {

    private static final long NOW = 1_700_000_000_000L;

    private final HmacSigner signer = new HmacSigner(new HmacKeys());

    /** The vectors of RFC 4231 §4.2 to §4.8 but the truncated one of §4.6, on the primitive below the length rule. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aa*20, dd*50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "0102030405060708090a0b0c0d0e0f10111213141516171819, cd*50,"
                + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "aa*131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b657920"
                + "4669727374, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "aa*131, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b6579"
                + "20616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e656564732074"
                + "6f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e,"
                + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    })
    void macsAreThoseOfRfc4231(String key, String data, String mac) {
        assertThat(HmacKey.macOf(HmacKey.mouldOf(bytes(key)), ByteBuffer.wrap(bytes(data))))
                .isEqualTo(bytes(mac));
    }

    /** RFC 4231 §4.6: the first 128 bits, as frames carry them. */
    @Test
    void truncatedMacIsThatOfRfc4231() {
        byte[] mac = HmacKey.macOf(HmacKey.mouldOf(bytes("0c*20")), text("Test With Truncation"));

        assertThat(Arrays.copyOf(mac, 16)).isEqualTo(bytes("a3b6167473100ee06e0c796c2955552b"));
    }

    @Test
    void signedMessageIsAuthenticWithTheKeysRole() {
        install("k1", Role.ADMIN);
        signer.keys().use("k1");

        Signature signature = signer.sign(NOW, text("message"));

        assertThat(signature.keyId()).isEqualTo("k1");
        assertThat(signer.verify(NOW, signature, text("message"))).isEqualTo(new Authentic("k1", Role.ADMIN));
    }

    @Test
    void partsOfAMessageAreSignedAsOneAndLeftAsTheyAre() {
        install("k1", Role.MEMBER);
        signer.keys().use("k1");
        ByteBuffer part = text("mes");

        Signature signature = signer.sign(NOW, part, text("sage"));

        assertThat(part.position()).isZero();
        assertThat(signature).isEqualTo(signer.sign(NOW, text("message")));
        assertThat(signer.verify(NOW, signature, text("message"), text(""))).isInstanceOf(Authentic.class);
    }

    @Test
    void everyChangedBitIsRejected() {
        install("k1", Role.MEMBER);
        signer.keys().use("k1");
        Signature signature = signer.sign(NOW, text("message"));

        for (int bit = 0; bit < HmacKey.MAC_BYTES * 8; bit++) {
            byte[] forged = signature.bytes();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(signer.verify(NOW, new Signature("k1", forged), text("message")))
                    .as("bit %d", bit)
                    .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
        }
        assertThat(signer.verify(NOW, signature, text("messagf"))).isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
        assertThat(signer.verify(NOW, signature)).isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
    }

    @Test
    void shortenedOrLengthenedSignatureIsRejected() {
        install("k1", Role.MEMBER);
        signer.keys().use("k1");
        byte[] mac = signer.sign(NOW, text("message")).bytes();

        for (int length : new int[] {0, 1, 16, 31, 33}) {
            assertThat(signer.verify(NOW, new Signature("k1", Arrays.copyOf(mac, length)), text("message")))
                    .as("%d bytes", length)
                    .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
        }
    }

    @Test
    void unknownKeyIsRejectedEvenIfTheSignatureFitsTheStrangersMould() {
        byte[] mac = HmacKey.macOf(HmacKey.mouldOf(new byte[HmacKey.MAC_BYTES]), text("message"));

        assertThat(signer.verify(NOW, new Signature("stranger", mac), text("message")))
                .isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void keyOutsideItsSpanNeitherSignsNorVerifies() {
        signer.keys().install(new SigningKey("k1", secret(1), Role.MEMBER, NOW, NOW + 10));
        signer.keys().use("k1");
        Signature signature = signer.sign(NOW, text("message"));

        assertThat(signer.verify(NOW + 10, signature, text("message"))).isInstanceOf(Authentic.class);
        assertThat(signer.verify(NOW - 1, signature, text("message")))
                .isEqualTo(new Rejected(Reason.KEY_NOT_YET_VALID));
        assertThat(signer.verify(NOW + 11, signature, text("message"))).isEqualTo(new Rejected(Reason.KEY_EXPIRED));
        assertThat(signer.verify(NOW + 11, signature, text("other"))).isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
        assertThatIllegalStateException()
                .isThrownBy(() -> signer.sign(NOW + 11, text("message")))
                .withMessageContaining("\"k1\"");
    }

    @Test
    void signingWithoutAKeyIsRefused() {
        install("k1", Role.MEMBER);

        assertThatIllegalStateException()
                .isThrownBy(() -> signer.sign(NOW, text("message")))
                .withMessageContaining("Install a key and use it");
    }

    @Test
    void rotationLosesNoMessageOnItsWay() {
        HmacSigner peer = new HmacSigner(new HmacKeys());
        for (HmacSigner each : List.of(signer, peer)) {
            each.keys().install(SigningKey.unlimited("old", secret(1), Role.MEMBER));
            each.keys().use("old");
        }

        for (HmacSigner each : List.of(signer, peer)) {
            each.keys().install(SigningKey.unlimited("new", secret(2), Role.MEMBER));
            assertBothWays(peer);
        }
        for (HmacSigner each : List.of(signer, peer)) {
            each.keys().use("new");
            assertBothWays(peer);
        }
        Signature old = new Signature(
                "old",
                HmacKey.of(SigningKey.unlimited("x", secret(1), Role.MEMBER)).macOf(text("message")));
        assertThat(signer.verify(NOW, old, text("message"))).isInstanceOf(Authentic.class);
        for (HmacSigner each : List.of(signer, peer)) {
            each.keys().remove("old");
            assertBothWays(peer);
        }
        assertThat(signer.verify(NOW, old, text("message"))).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void manyThreadsSignAtOnce() throws Exception {
        install("k1", Role.MEMBER);
        signer.keys().use("k1");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                work.add(threads.submit((Callable<Boolean>) () -> {
                    boolean authentic = true;
                    for (int i = 0; i < 2_000; i++) {
                        ByteBuffer message = text("message " + number + "." + i);
                        authentic &= signer.verify(NOW, signer.sign(NOW, message), message) instanceof Authentic;
                    }
                    return authentic;
                }));
            }
            for (Future<Boolean> each : work) {
                assertThat(each.get(1, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertBothWays(HmacSigner peer) {
        assertThat(peer.verify(NOW, signer.sign(NOW, text("to")), text("to"))).isInstanceOf(Authentic.class);
        assertThat(signer.verify(NOW, peer.sign(NOW, text("fro")), text("fro"))).isInstanceOf(Authentic.class);
    }

    private void install(String id, Role role) {
        signer.keys().install(SigningKey.unlimited(id, secret(1), role));
    }

    private static Secret secret(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Secret.copyOf(bytes);
    }

    private static ByteBuffer text(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }

    /** Reads hexadecimal digits, or one byte repeated: {@code aa*20}. */
    private static byte[] bytes(String hex) {
        int star = hex.indexOf('*');
        return HexFormat.of()
                .parseHex(star < 0 ? hex : hex.substring(0, star).repeat(Integer.parseInt(hex.substring(star + 1))));
    }
}
