package dev.hypercache.examples.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** Answers when clocks change, from the JDK's time-zone data, and counts how often it really had to compute. */
@Service
public class ClockChanges {
    private final AtomicInteger computations = new AtomicInteger();

    /** The next change of a zone's clocks after a day, or null where clocks never change. The null is cached too. */
    @Cacheable("next-change")
    public @Nullable Instant nextChange(String zone, Instant after) {
        computations.incrementAndGet();
        ZoneOffsetTransition next = ZoneId.of(zone).getRules().nextTransition(after);
        return next == null ? null : next.getInstant();
    }

    /** All changes of a year. With {@code sync = true}, callers that come together share one computation. */
    @Cacheable(cacheNames = "changes-of-year", sync = true)
    public YearOfChanges changesOf(int year) {
        computations.incrementAndGet();
        Instant start = Year.of(year).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = Year.of(year + 1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        TreeMap<String, Duration> shiftByZone = new TreeMap<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneRules rules = ZoneId.of(id).getRules();
            ZoneOffsetTransition first = rules.nextTransition(start.minusSeconds(1));
            if (first != null && first.getInstant().isBefore(end)) {
                shiftByZone.put(id, first.getDuration());
            }
        }
        return new YearOfChanges(year, shiftByZone);
    }

    /** Forgets every next change, as one does when new time-zone rules were installed. */
    @CacheEvict(cacheNames = "next-change", allEntries = true)
    public void rulesChanged() {}

    /** How often a method's body ran since the start. */
    public int computations() {
        return computations.get();
    }
}
