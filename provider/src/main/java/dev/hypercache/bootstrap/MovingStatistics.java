package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.RingCounts;
import dev.hypercache.runtime.call.RingStatistics;
import java.util.function.Supplier;

/**
 * What the members of the present ring count of a cache.
 *
 * @param present asked at each call
 */
record MovingStatistics(Supplier<RingStatistics> present) implements RingStatistics {

    @Override
    public RingCounts read(long ageMaxMillis) {
        return present.get().read(ageMaxMillis);
    }

    @Override
    public RingCounts clear() {
        return present.get().clear();
    }

    @Override
    public RingCounts turn(boolean on) {
        return present.get().turn(on);
    }

    @Override
    public boolean isOn() {
        return present.get().isOn();
    }
}
