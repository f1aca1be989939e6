package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskCounts;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.AskHybridPage;
import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.CacheSizes;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Heard;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.PerformClear;
import dev.hypercache.core.message.ReadCounts;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import dev.hypercache.core.message.ShowCounting;
import dev.hypercache.core.message.ShowInterest;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What a caller without data of its own may say to a member (SECURITY R8): what its own operations ask for, what it
 * listens to, and how the caches that it has open are bound and read. Everything else, which moves copies, leaderships and
 * floors, is for members alone.
 */
public final class ClientVerbs {

    private static final int VERB_AT = 1;

    private static final Set<Class<? extends Message>> FOR_CLIENTS = Set.of(
            Execute.class,
            ExecuteClear.class,
            ReadReplica.class,
            ReadDigests.class,
            Perform.class,
            PerformClear.class,
            AskHold.class,
            RenewHold.class,
            ReleaseHold.class,
            AskPage.class,
            AskHybridPage.class,
            ReadHybrid.class,
            AskCounts.class,
            ShowCounting.class,
            ShowInterest.class,
            Heard.class,
            ListenersTold.class,
            CacheSizes.class,
            ReadCounts.class);

    private static final boolean[] CODES = codes();

    private ClientVerbs() {}

    private static boolean[] codes() {
        boolean[] codes = new boolean[Byte.MAX_VALUE + 1];
        for (Verb<?> verb : FrameSchema.verbs()) {
            codes[verb.code()] = FOR_CLIENTS.contains(verb.type());
        }
        return codes;
    }

    /**
     * Tells whether a client may send a frame. Nothing but its verbs is read.
     *
     * @param frame its bytes from position to limit, left as they are; one message, or a bundle of them
     * @return true if every message in it is for clients, or there is none
     * @throws FrameException if it is a bundle and a length in it does not fit
     */
    public static boolean allow(ByteBuffer frame) {
        return !frame.hasRemaining() || new BundleSource(frame).hasOnly(ClientVerbs::allowsAt);
    }

    private static boolean allowsAt(ByteBuffer bytes, int from, int length) {
        int code = length > VERB_AT ? bytes.get(from + VERB_AT) : 0;
        return code > 0 && CODES[code];
    }
}
