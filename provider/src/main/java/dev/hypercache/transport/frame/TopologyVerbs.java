package dev.hypercache.transport.frame;

import dev.hypercache.core.message.TopologyAdvanced;
import dev.hypercache.core.message.TopologyFrame;
import java.util.List;

/** What members tell each other of the topology log: codes 120 to 127. */
final class TopologyVerbs {

    private TopologyVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(
                        120,
                        TopologyFrame.class,
                        (frame, out) -> out.writeValue(frame.frame()),
                        TopologyVerbs::readFrame),
                new Verb<>(
                        121,
                        TopologyAdvanced.class,
                        (advanced, out) -> out.writeLong(advanced.index()),
                        TopologyVerbs::readAdvanced));
    }

    private static TopologyFrame readFrame(int slot, FrameSource in) {
        requireNoSlot(slot, in);
        return new TopologyFrame(in.readValue("frame of the topology log"));
    }

    private static TopologyAdvanced readAdvanced(int slot, FrameSource in) {
        requireNoSlot(slot, in);
        return new TopologyAdvanced(in.readLong("index"));
    }

    /** What concerns no slot names the first one, so that each message has one form. */
    private static void requireNoSlot(int slot, FrameSource in) {
        if (slot != 0) {
            throw in.refusal("slot " + slot + " of a message that concerns no slot");
        }
    }
}
