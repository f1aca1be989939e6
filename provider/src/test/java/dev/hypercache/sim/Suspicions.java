package dev.hypercache.sim;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who suspects whom: honestly, some time after they lost contact, and for no reason at all. */
final class Suspicions {

    private static final long EVERY_MILLIS = 50;

    private record Pair(int observer, int other) {}

    private final SimRing ring;
    private final Chance chance;
    private final Detector detector;
    private final Map<Pair, Long> suspectFrom = new LinkedHashMap<>();
    private final Map<Integer, BitSet> slanders = new LinkedHashMap<>();

    Suspicions(SimRing ring, Chance chance, Detector detector) {
        this.ring = ring;
        this.detector = detector;
        this.chance = chance;
    }

    /** From now on a node suspects these whatever it sees; nobody any more if the set is empty. */
    void slander(int observer, BitSet others) {
        slanders.put(observer, others);
    }

    void start() {
        ring.queue().afterMillis(EVERY_MILLIS, () -> {
            look();
            start();
        });
    }

    private void look() {
        for (SimNode observer : ring.live()) {
            BitSet suspected = new BitSet();
            suspected.or(slanders.getOrDefault(observer.id(), new BitSet()));
            for (SimNode other : ring.everybody()) {
                if (other != observer && isLost(observer, other)) {
                    suspected.set(other.id());
                }
            }
            observer.suspect(suspected);
        }
    }

    private boolean isLost(SimNode observer, SimNode other) {
        Pair pair = new Pair(observer.id(), other.id());
        if (ring.network().isConnected(observer.id(), other.id())) {
            suspectFrom.remove(pair);
            return false;
        }
        long now = ring.queue().nowMillis();
        return now > suspectFrom.computeIfAbsent(pair, unused -> now + detector.millis(other, chance));
    }
}
