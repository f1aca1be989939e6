package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.frame.BundleSource;
import dev.hypercache.transport.frame.Envelope;
import dev.hypercache.transport.frame.FrameException;
import java.nio.ByteBuffer;

/** Reads the frames that come in, and hands their messages on; what is answered to messages that came as one leaves as one. */
final class FrameIntake {

    private final MemberLinks links;
    private final Taker taker;
    private final RingMetrics metrics;
    private final NodeLog log;

    /** Deals with a message. */
    @FunctionalInterface
    interface Taker {
        /** False if it is about nothing that there is here. */
        boolean take(int sender, Message message);
    }

    FrameIntake(MemberLinks links, Taker taker, RingMetrics metrics, NodeLog log) {
        this.links = links;
        this.taker = taker;
        this.metrics = metrics;
        this.log = log;
    }

    /**
     * Takes a frame in.
     *
     * @param sender what its sender is called here
     * @param onTheWire what its messages have to call it
     */
    void take(int sender, int onTheWire, ByteBuffer frame) {
        try {
            BundleSource messages = new BundleSource(frame);
            Members members = links.members();
            Envelope meant = new Envelope(members.ring(), onTheWire, members.self());
            if (messages.count() > 1) {
                links.together(() -> takeAll(sender, messages, meant));
            } else {
                takeAll(sender, messages, meant);
            }
        } catch (FrameException unreadable) {
            unreadable(unreadable);
        }
    }

    private void unreadable(FrameException why) {
        metrics.frameRefused();
        log.warn("receive").setCause(why).log("A frame of another node cannot be read and is dropped.");
    }

    private void takeAll(int sender, BundleSource messages, Envelope meant) {
        for (int left = messages.count(); left > 0; left--) {
            take(sender, messages, meant);
        }
    }

    private void take(int sender, BundleSource messages, Envelope meant) {
        try {
            Message message = messages.next(meant);
            if (message instanceof Rejected rejected && rejected.reason().isElsewhere()) {
                metrics.requestRedirected();
            }
            if (message == null || !taker.take(sender, message)) {
                metrics.frameRefused();
            }
        } catch (FrameException unreadable) {
            unreadable(unreadable);
        } catch (RuntimeException broken) {
            metrics.invariantBroken();
            log.error("receive").setCause(broken).log("A message could not be dealt with; please report this.");
        }
    }
}
