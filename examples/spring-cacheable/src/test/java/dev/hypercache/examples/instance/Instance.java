package dev.hypercache.examples.instance;

import dev.hypercache.examples.spring.ClockChanges;
import dev.hypercache.examples.spring.ClockChangesApplication;
import dev.hypercache.runtime.call.RingOperations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** An instance of the application that does what the lines of its standard input say, and answers each by a line. */
public final class Instance {
    /** Begins each answer. */
    public static final String ANSWER = "> ";

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private Instance() {}

    /** Ends with its standard input, or by SIGTERM as Spring ends. */
    public static void main(String[] args) throws IOException {
        ConfigurableApplicationContext context = SpringApplication.run(ClockChangesApplication.class, args);
        Cache cache = Objects.requireNonNull(context.getBean(CacheManager.class).getCache("job-owner"));
        ClockChanges changes = context.getBean(ClockChanges.class);
        Traffic traffic = new Traffic(cache, changes);
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> traffic.end());
        answer("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            answer(
                    switch (words[0]) {
                        case "fill" -> fill(cache, Integer.parseInt(words[1]));
                        case "find" -> find(cache, Integer.parseInt(words[1]));
                        case "settle" -> settle(context.getBean(javax.cache.CacheManager.class));
                        case "call" -> call(changes, words[1]);
                        case "traffic" -> traffic.begin();
                        case "report" -> traffic.report();
                        default -> throw new IllegalArgumentException(line);
                    });
        }
    }

    static void answer(String line) {
        System.out.println(ANSWER + line);
    }

    private static String fill(Cache cache, int entries) {
        for (int i = 0; i < entries; i++) {
            cache.put("entry " + i, "value " + i);
        }
        return "filled";
    }

    private static String find(Cache cache, int entries) {
        int found = 0;
        for (int i = 0; i < entries; i++) {
            found += ("value " + i).equals(cache.get("entry " + i, String.class)) ? 1 : 0;
        }
        return "found " + found;
    }

    /** Until then the ring may not lose one that is not asked before. */
    private static String settle(javax.cache.CacheManager manager) {
        RingOperations ring = manager.unwrap(RingOperations.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> ring.report().isSafeToStop());
        return "settled";
    }

    private static String call(ClockChanges changes, String zone) {
        try {
            changes.rulesChanged();
            return "computed " + changes.nextChange(zone, NEW_YEAR);
        } catch (RuntimeException e) {
            return "failed " + e;
        }
    }
}
