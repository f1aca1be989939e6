package dev.hypercache.bootstrap;

import dev.hypercache.telemetry.NodeLog;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A client's way to its ring: it asks the seeds until one of them is a member, and says every five seconds what it waits for. */
final class ClientEntrance {

    private static final int READ_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 100;
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ClientCalls calls;
    private final ClientMembers members;
    private final NodeLog log;

    ClientEntrance(ClientCalls calls, ClientMembers members, NodeLog log) {
        this.calls = calls;
        this.members = members;
        this.log = log;
    }

    /**
     * Waits for a ring.
     *
     * @throws RingRefusedException if none is there in time, it does not believe the client, or nobody wants it any more
     */
    RingPage enter(Patience patience) {
        long startedNanos = System.nanoTime();
        long loggedNanos = startedNanos;
        while (true) {
            String trouble;
            try {
                return members.askOnce(member -> calls.state(member, 0, false, READ_MILLIS));
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
            long now = System.nanoTime();
            if (now - startedNanos > TimeUnit.MILLISECONDS.toNanos(patience.millis())) {
                throw new RingRefusedException("the client found no ring within " + patience.millis() + " ms: "
                        + trouble + ". Start the ring, or correct hypercache.seeds.");
            }
            if (now - loggedNanos > LOG_NANOS) {
                loggedNanos = now;
                log.info("ring").log("The client waits for its ring: {}.", trouble);
            }
            patience.unwanted().pause(PAUSE_MILLIS);
            requireWanted(patience, trouble);
        }
    }

    private static void requireWanted(Patience patience, String trouble) {
        if (patience.unwanted().isSaid()) {
            throw new RingRefusedException(
                    "the cache manager was closed while its client waited for the ring: " + trouble + ".");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new RingRefusedException("the client was interrupted while it waited for the ring.");
        }
    }
}
