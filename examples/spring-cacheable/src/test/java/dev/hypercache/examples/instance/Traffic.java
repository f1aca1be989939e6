package dev.hypercache.examples.instance;

import dev.hypercache.examples.spring.ClockChanges;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.cache.Cache;

/**
 * Calls without pause until it is ended: reads, writes and evictions of the cache itself, whose failures nobody hides, and cached
 * methods. A request that was begun is finished. Each answer is checked.
 */
final class Traffic {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int KEYS = 100;

    private final Cache cache;
    private final ClockChanges changes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");
    private final Thread thread = new Thread(this::run, "traffic");
    private volatile boolean over;

    Traffic(Cache cache, ClockChanges changes) {
        this.cache = cache;
        this.changes = changes;
    }

    String begin() {
        thread.setDaemon(true);
        thread.start();
        return "begun";
    }

    /** Lets the call under way end. */
    void end() {
        over = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Instance.answer(report());
    }

    String report() {
        return "calls " + calls + " failures " + failures + " first " + firstFailure;
    }

    private void run() {
        List<String> zones = List.copyOf(ZoneId.getAvailableZoneIds());
        String owner = ProcessHandle.current().pid() + " ";
        for (int i = 0; !over; i++) {
            String key = owner + i % KEYS;
            String value = "value " + i;
            String zone = zones.get(i % zones.size());
            try {
                cache.put(key, value);
                require(value.equals(cache.get(key, String.class)), key);
                if (i % 10 == 0) {
                    cache.evict(key);
                    require(cache.get(key) == null, key);
                }
                Instant next = changes.nextChange(zone, NEW_YEAR);
                require(next == null || next.isAfter(NEW_YEAR), zone);
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                firstFailure.compareAndSet("none", e.toString().replace('\n', ' '));
            }
            calls.incrementAndGet();
        }
    }

    private static void require(boolean right, String key) {
        if (!right) {
            throw new IllegalStateException("wrong answer for " + key);
        }
    }
}
