package dev.hypercache.examples.spring;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts Spring and prints what each kind of caching does. */
@SpringBootApplication
@EnableCaching
public class ClockChangesApplication {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int CALLERS = 8;

    /** Ends with status 1 if a cache does not do what its line says. */
    public static void main(String[] args) throws ExecutionException, InterruptedException {
        try (ConfigurableApplicationContext context = SpringApplication.run(ClockChangesApplication.class, args)) {
            Cache cache =
                    Objects.requireNonNull(context.getBean(CacheManager.class).getCache("next-change"), "next-change");
            System.out.println("caches: " + cache.getClass().getSimpleName() + " over "
                    + cache.getNativeCache().getClass().getName());
            showCacheable(context.getBean(ClockChanges.class));
            showSync(context.getBean(ClockChanges.class));
            showPutIfAbsent(context.getBean(JobOwners.class));
        }
    }

    private static void showCacheable(ClockChanges changes) {
        Instant first = changes.nextChange("Europe/Paris", NEW_YEAR);
        Instant second = changes.nextChange("Europe/Paris", NEW_YEAR);
        report(
                "@Cacheable: Paris changes its clocks at " + first,
                changes.computations() == 1 && Objects.equals(first, second));

        Instant never = changes.nextChange("Asia/Tokyo", NEW_YEAR);
        Instant stillNever = changes.nextChange("Asia/Tokyo", NEW_YEAR);
        report(
                "null value: Tokyo changes its clocks at " + never,
                changes.computations() == 2 && never == null && stillNever == null);

        changes.rulesChanged();
        Instant anew = changes.nextChange("Europe/Paris", NEW_YEAR);
        report(
                "@CacheEvict(allEntries = true): Paris was computed anew",
                changes.computations() == 3 && Objects.equals(first, anew));
    }

    private static void showSync(ClockChanges changes) throws ExecutionException, InterruptedException {
        int before = changes.computations();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            Callable<YearOfChanges> call = () -> changes.changesOf(2026);
            Set<YearOfChanges> answers = new HashSet<>();
            for (Future<YearOfChanges> answer : callers.invokeAll(Collections.nCopies(CALLERS, call))) {
                answers.add(answer.get());
            }
            int zones = answers.iterator().next().shiftByZone().size();
            report(
                    "@Cacheable(sync = true): " + CALLERS + " threads asked for the " + zones + " zones of 2026",
                    changes.computations() == before + 1 && answers.size() == 1);
        } finally {
            callers.shutdown();
        }
    }

    private static void showPutIfAbsent(JobOwners owners) {
        String first = owners.claim("nightly report", "worker 1");
        String second = owners.claim("nightly report", "worker 2");
        report(
                "putIfAbsent: the nightly report belongs to " + first,
                first.equals("worker 1") && second.equals("worker 1"));
    }

    private static void report(String line, boolean good) {
        System.out.println(line + (good ? ": ok" : ": WRONG"));
        if (!good) {
            throw new IllegalStateException(line);
        }
    }
}
