package dev.hypercache.runtime.ring;

import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.runtime.call.RingCounts;
import dev.hypercache.runtime.call.RingStatistics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The statistics of one cache of a ring, asked for by the callers of one member. Safe for use by any threads. */
final class MemberStatistics implements RingStatistics {

    private final int cache;
    private final RingCounting counting;
    private final NodeClock clock;
    private final AtomicReference<Heard> last = new AtomicReference<>(Heard.nothing());

    /** What others said, and when they were asked. */
    private record Heard(RingCounts others, long askedAtMillis, boolean isUsable) {

        static Heard nothing() {
            return new Heard(new RingCounts(CacheCounts.NONE, 0, List.of()), 0, false);
        }
    }

    MemberStatistics(int cache, RingCounting counting, NodeClock clock) {
        this.cache = cache;
        this.counting = counting;
        this.clock = clock;
    }

    @Override
    public RingCounts read(long ageMaxMillis) {
        Heard known = Objects.requireNonNull(last.get(), "heard");
        long now = clock.steadyMillis();
        if (known.isUsable() && now - known.askedAtMillis() < ageMaxMillis) {
            return known.others().with(counting.own(cache));
        }
        RingCounts others = counting.others(cache, false);
        last.compareAndSet(known, new Heard(others, now, true)); // What was asked before a clear does not outlive it.
        return others.with(counting.own(cache));
    }

    @Override
    public RingCounts clear() {
        counting.clear(cache);
        return ask(true);
    }

    @Override
    public RingCounts turn(boolean on) {
        counting.turn(cache, on);
        return ask(false);
    }

    private RingCounts ask(boolean clears) {
        RingCounts others = counting.others(cache, clears);
        last.set(Heard.nothing());
        return others.with(counting.own(cache));
    }

    @Override
    public boolean isOn() {
        return counting.isOn(cache);
    }
}
