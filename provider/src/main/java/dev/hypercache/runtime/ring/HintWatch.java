package dev.hypercache.runtime.ring;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.telemetry.NodeLog;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Logs for which members hints begin to wait, when those are drained, and when a limit was reached. Confined to the timer. */
final class HintWatch {

    private final HintLedger hints;
    private final MemberLinks links;
    private final NodeClock clock;
    private final NodeLog log;
    private final Map<Integer, Long> waitingSince = new TreeMap<>();
    private long dropped;

    HintWatch(HintLedger hints, MemberLinks links, NodeClock clock, NodeLog log) {
        this.hints = hints;
        this.links = links;
        this.clock = clock;
        this.log = log;
    }

    /** Looks at what has changed since the last time. */
    void look() {
        int[] members = links.members().others();
        waitingSince.keySet().removeIf(member -> Arrays.binarySearch(members, member) < 0);
        for (int member : members) {
            long pending = hints.pending(member);
            Long since = waitingSince.get(member);
            if (pending > 0 && since == null) {
                waitingSince.put(member, clock.steadyMillis());
                log.info("hint")
                        .addKeyValue("member", member)
                        .addKeyValue("pending", pending)
                        .log("Writes that a member missed are remembered for it.");
            } else if (pending == 0 && since != null) {
                waitingSince.remove(member);
                log.info("hint")
                        .addKeyValue("member", member)
                        .addKeyValue("millis", clock.steadyMillis() - since)
                        .log("A member holds again what it had missed, or is compared as a whole.");
            }
        }
        long newlyDropped = hints.counts().dropped();
        if (newlyDropped > dropped) {
            log.warn("hint")
                    .addKeyValue("dropped", newlyDropped - dropped)
                    .log("Hints were forgotten, by a limit of hypercache.hint.max or with a leadership; the members are"
                            + " compared as a whole.");
        }
        dropped = newlyDropped;
    }
}
