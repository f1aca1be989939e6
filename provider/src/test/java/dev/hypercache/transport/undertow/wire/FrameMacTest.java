package dev.hypercache.transport.undertow.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.security.HmacKeys;
import dev.hypercache.security.HmacSigner;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.transport.undertow.wire.GoldenMuxTest.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Frames that only who holds the key can make, each once and in its turn. The golden bytes were made by another program. */
final class FrameMacTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String NONCE = "AAECAwQFBgcICQoLDA0ODw";

    private static Map<String, String> challengeGoldens() throws IOException {
        return GoldenMuxTest.goldens("challenge.txt").stream()
                .collect(Collectors.toMap(Golden::name, golden -> HEX.formatHex(golden.frame())));
    }

    private static byte[] key() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (3 * i + 1);
        }
        return key;
    }

    /** A frame with room behind it, not sealed. */
    private static ByteBuffer plain(int opcode, int flags, long id, byte[] body) {
        ByteBuffer buffer = ByteBuffer.allocate(MuxHeader.BYTES + body.length + FrameMac.BYTES);
        MuxHeader.put(buffer, body.length, opcode, flags, 0, id);
        return buffer.put(body);
    }

    private static byte[] sealed(FrameMac by, String body) {
        ByteBuffer frame = plain(MuxHeader.POST, MuxHeader.ONEWAY, 7, body.getBytes(US_ASCII));
        by.seal(frame, 0);
        return frame.array();
    }

    private static String open(FrameMac by, byte[] sealed) throws MuxException {
        ByteBuffer frame = ByteBuffer.wrap(sealed).position(MuxHeader.BYTES);
        by.open(frame, 0);
        return US_ASCII.decode(frame).toString();
    }

    private static void assertRefused(FrameMac by, byte[] frame, String why) {
        assertThatExceptionOfType(MuxException.class)
                .isThrownBy(() -> open(by, frame))
                .withMessageContaining(why);
    }

    @Test
    void keysAreDerivedFromWhatBothEndsKnow() throws IOException {
        Map<String, String> goldens = challengeGoldens();
        ByteBuffer frame = ByteBuffer.wrap(HEX.parseHex(goldens.get("challenge")));
        assertThat(MuxHeader.frameBytes(frame)).isEqualTo(frame.remaining());
        assertThat(MuxHeader.opcode(frame, 0)).isEqualTo(MuxHeader.CHALLENGE);
        assertThat(MuxHeader.flags(frame, 0)).isZero();
        byte[] challenge = Challenge.decode(frame.position(MuxHeader.BYTES));
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (0x40 + i);
        }
        HmacSigner signer = new HmacSigner(new HmacKeys());
        signer.keys().install(SigningKey.unlimited("k1", Secret.copyOf(secret), Role.MEMBER));
        for (String direction : new String[] {Challenge.DIALLED, Challenge.ACCEPTED}) {
            ByteBuffer context = Challenge.context(challenge, NONCE, "hypercache", "node-2", direction);
            assertThat(HEX.formatHex(context.array())).isEqualTo(goldens.get("context " + direction));
            assertThat(HEX.formatHex(signer.derive(0, "k1", context))).isEqualTo(goldens.get("key " + direction));
        }
    }

    @Test
    void challengeIsNotShorterThanItIsAndMayBeLonger() throws IOException {
        ByteBuffer longer = ByteBuffer.allocate(Challenge.BYTES + 10).put(0, (byte) 5);
        assertThat(Challenge.decode(longer)).hasSize(Challenge.BYTES).startsWith(5);
        for (int length = 0; length < Challenge.BYTES; length++) {
            ByteBuffer cut = ByteBuffer.allocate(length);
            assertThatExceptionOfType(MuxException.class).isThrownBy(() -> Challenge.decode(cut));
        }
    }

    @Test
    void contextsDoNotRunTogether() {
        byte[] challenge = new byte[Challenge.BYTES];
        assertThat(Challenge.context(challenge, "ab", "c", "d", Challenge.DIALLED))
                .isNotEqualTo(Challenge.context(challenge, "a", "bc", "d", Challenge.DIALLED))
                .isNotEqualTo(Challenge.context(challenge, "ab", "", "cd", Challenge.DIALLED));
    }

    @Test
    void framesAreSealedAsTheyEverWere() throws IOException {
        byte[] key = HEX.parseHex(challengeGoldens().get("key dialled"));
        FrameMac sealing = FrameMac.of(key.clone());
        FrameMac opening = FrameMac.of(key);
        int counter = 0;
        for (Golden golden : GoldenMuxTest.goldens("macs.txt")) {
            ByteBuffer frame = ByteBuffer.wrap(golden.frame());
            int flags = MuxHeader.flags(frame, 0);
            long id = MuxHeader.id(frame, 0);
            opening.open(frame.position(MuxHeader.BYTES), 0);
            byte[] body = new byte[frame.remaining()];
            frame.get(body);
            assertThat(golden.name())
                    .isEqualTo("opcode " + MuxHeader.opcode(frame, 0) + " flags " + flags + " id " + id + " body "
                            + body.length + " counter " + counter++);
            ByteBuffer again = plain(MuxHeader.opcode(frame, 0), flags & ~MuxHeader.MAC, id, body);
            sealing.seal(again, 0);
            assertThat(HEX.formatHex(again.array())).isEqualTo(HEX.formatHex(golden.frame()));
        }
        assertThat(counter).isEqualTo(5);
    }

    @Test
    void frameAmongOthersIsSealedWhereItLies() throws MuxException {
        FrameMac sealing = FrameMac.of(key());
        ByteBuffer buffer = ByteBuffer.allocateDirect(300).putLong(1).putLong(2);
        int from = buffer.position();
        buffer.put(plain(MuxHeader.POST, 0, 7, "body".getBytes(US_ASCII)).flip());
        sealing.seal(buffer, from);

        assertThat(buffer.limit()).isEqualTo(300);
        assertThat(buffer.position()).isEqualTo(from + MuxHeader.BYTES + 4 + FrameMac.BYTES);
        assertThat(buffer.getLong(8)).isEqualTo(2);
        ByteBuffer frame = buffer.flip().position(from);
        assertThat(MuxHeader.frameBytes(frame)).isEqualTo(frame.remaining());
        FrameMac.of(key()).open(frame.position(from + MuxHeader.BYTES), from);
        assertThat(US_ASCII.decode(frame).toString()).isEqualTo("body");
    }

    @Test
    void anyBitThatIsFlippedIsFound() {
        byte[] sealed = sealed(FrameMac.of(key()), "some body");
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(FrameMac.of(key()), forged, "MAC");
        }
    }

    @Test
    void frameThatIsRepeatedLeftOutOrExchangedIsFound() throws MuxException {
        FrameMac sealing = FrameMac.of(key());
        byte[] first = sealed(sealing, "first");
        byte[] second = sealed(sealing, "second");
        byte[] third = sealed(sealing, "third");

        assertRefused(FrameMac.of(key()), second, "counter 1 where 0 was due");
        FrameMac repeated = FrameMac.of(key());
        assertThat(open(repeated, first)).isEqualTo("first");
        assertRefused(repeated, first, "counter 0 where 1 was due");
        FrameMac gap = FrameMac.of(key());
        assertThat(open(gap, first)).isEqualTo("first");
        assertRefused(gap, third, "counter 2 where 1 was due");
        FrameMac whole = FrameMac.of(key());
        assertThat(open(whole, first) + open(whole, second) + open(whole, third))
                .isEqualTo("firstsecondthird");
    }

    @Test
    void otherKeysAndNoneAreFound() {
        byte[] other = key();
        other[31]++;
        assertRefused(FrameMac.of(key()), sealed(FrameMac.of(other), "body"), "wrong MAC");
        assertRefused(
                FrameMac.of(key()),
                plain(MuxHeader.POST, 0, 7, new byte[40]).flip().slice().array(),
                "without a MAC");
        byte[] tooShort = new byte[MuxHeader.BYTES + FrameMac.BYTES - 1];
        MuxHeader.put(ByteBuffer.wrap(tooShort), FrameMac.BYTES - 1, MuxHeader.PING, MuxHeader.MAC, 0, 0);
        assertRefused(FrameMac.of(key()), tooShort, "without a MAC");
    }

    @Test
    void keyIsZeroedOnceItIsUsed() {
        byte[] key = key();
        FrameMac used = FrameMac.of(key);
        assertThat(key).containsOnly(0);
        assertThat(sealed(used, "body")).isEqualTo(sealed(FrameMac.of(key()), "body"));
    }
}
