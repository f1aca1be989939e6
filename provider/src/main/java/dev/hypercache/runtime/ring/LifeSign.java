package dev.hypercache.runtime.ring;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;

/**
 * What a member says that is asked for a sign of life: nothing, but to a node that the ring has removed the generation of the ring
 * that did. A member that was left behind by a later generation knows less than whom it takes for removed.
 */
final class LifeSign {

    static final Frame TO_MEMBER = Frame.of(Payload.EMPTY);

    private LifeSign() {}

    static Frame toRemoved(RingId ring) {
        return Frame.of(new Payload(
                ByteBuffer.allocate(Long.BYTES).putLong(ring.generation()).flip()));
    }

    /** Whether the node that asked is no member of its ring any more. */
    static boolean saysRemoved(ByteBuffer answer, RingId own) {
        return answer.remaining() >= Long.BYTES && answer.getLong(answer.position()) >= own.generation();
    }
}
