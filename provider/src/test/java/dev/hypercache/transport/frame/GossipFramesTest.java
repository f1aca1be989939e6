package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.membership.MemberHealth;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What gossip may say, and what it costs. */
final class GossipFramesTest {

    private static final int PROBE_AND_REFUTATIONS = 16;

    private static Belief belief(int observers) {
        return new Belief(7, 1, MemberHealth.DEAD, Collections.nCopies(observers, 9));
    }

    private static byte[] most() {
        return Frames.bytesOf(
                new Probe(1, 2, Collections.nCopies(GossipMessage.BELIEFS_MAX, belief(Belief.OBSERVERS_MAX))));
    }

    private static long payload(Message message) {
        return Frames.frameOf(message).length() - FrameSchema.HEADER_BYTES;
    }

    @Test
    void probeOfAHealthyRingTakesNoMoreThan40BytesWithItsAnswer() {
        assertThat(payload(new Probe(1, 0, List.of())) + payload(new ProbeAnswer(1, 0, List.of())))
                .isLessThanOrEqualTo(40);
    }

    @Test
    void messageWithAllTheNewsThatItMayCarryFitsIntoAPacket() {
        assertThat(most().length).isLessThan(1_000);
    }

    @Test
    void listsBeyondTheirBoundsAreNotWritten() {
        List<Belief> beliefs = Collections.nCopies(GossipMessage.BELIEFS_MAX + 1, belief(0));
        Probe observed = new Probe(1, 0, List.of(belief(Belief.OBSERVERS_MAX + 1)));

        assertThatIllegalArgumentException().isThrownBy(() -> Frames.bytesOf(new Probe(1, 0, beliefs)));
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.bytesOf(observed));
    }

    @Test
    void listsBeyondTheirBoundsAreRefused() {
        int beliefs = FrameSchema.HEADER_BYTES + PROBE_AND_REFUTATIONS;
        int observers = beliefs + 1 + 2 + 8 + 1;

        assertRefused(most(), frame -> frame.put(beliefs, (byte) (GossipMessage.BELIEFS_MAX + 1)), "17 beliefs");
        assertRefused(most(), frame -> frame.put(observers, (byte) (Belief.OBSERVERS_MAX + 1)), "9 observers");
    }

    @Test
    void membersAreNamedByShortIdsAndByNothingElse() {
        int member = FrameSchema.HEADER_BYTES + PROBE_AND_REFUTATIONS + 1;
        short tooLarge = MemberSet.SHORT_ID_MAX + 1;
        byte[] ask = Frames.bytesOf(new AskProbe(1, 2, 3, List.of()));

        assertRefused(most(), frame -> frame.putShort(member, tooLarge), "member of a belief is 4096");
        assertRefused(most(), frame -> frame.putShort(member + 12, tooLarge), "observer is 4096");
        assertRefused(ask, frame -> frame.putShort(FrameSchema.HEADER_BYTES + 8, tooLarge), "member is 4096");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        int refutations = FrameSchema.HEADER_BYTES + 8;
        int ofBelief = FrameSchema.HEADER_BYTES + PROBE_AND_REFUTATIONS + 3;

        assertRefused(most(), frame -> frame.putLong(refutations, -1), "refutations is negative");
        assertRefused(most(), frame -> frame.putLong(ofBelief, -1), "refutations is negative");
        assertRefused(most(), frame -> frame.put(ofBelief + 8, (byte) 3), "health of a member has no code 3");
        assertRefused(most(), frame -> frame.putShort(2, (short) 1), "slot 1 of a message that concerns no slot");
    }

    private static void assertRefused(byte[] bytes, Consumer<ByteBuffer> damage, String wrong) {
        damage.accept(ByteBuffer.wrap(bytes));
        assertThatThrownBy(() -> Frames.messageOf(bytes))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining(wrong);
    }
}
