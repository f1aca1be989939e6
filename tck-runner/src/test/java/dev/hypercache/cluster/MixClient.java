package dev.hypercache.cluster;

import static dev.hypercache.cluster.JcacheCall.CLEAR;
import static dev.hypercache.cluster.JcacheCall.GET;
import static dev.hypercache.cluster.JcacheCall.GET_ALL;
import static dev.hypercache.cluster.JcacheCall.INCREMENT;
import static dev.hypercache.cluster.JcacheCall.PUT;
import static dev.hypercache.cluster.JcacheCall.PUT_ALL;
import static dev.hypercache.cluster.JcacheCall.REMOVE;
import static dev.hypercache.cluster.JcacheCall.REMOVE_ALL;

import dev.hypercache.cluster.CallWriter.Wish;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * One thread of an application: it does what the clients of the simulator do, through JCache, one thing after the other.
 *
 * <p>Every value is written once. Keys of the plain and the brief cache are given up for others after a while, so that the
 * history of each stays short enough to be searched for an order.
 */
final class MixClient implements Runnable {

    private static final int COUNTERS = 4;
    private static final int OWN_KEYS = 2;
    private static final int KEYS = 6;
    private static final int STEPS_OF_KEYS = 60;
    private static final int BULK = 3;

    private final int number;
    private final MixCaches caches;
    private final BooleanSupplier enough;
    private final CallWriter writer;
    private final SplittableRandom random;
    private final SingleCalls singles;
    private long values;
    private long steps;
    private @Nullable String lastSeen;

    /**
     * @param number of this client, from 0
     * @param seed of what the clients choose
     * @param enough says when to stop
     */
    MixClient(int number, long seed, MixCaches caches, BooleanSupplier enough, Consumer<String> events) {
        this.number = number;
        this.caches = caches;
        this.enough = enough;
        this.writer = new CallWriter(number, events);
        this.random = new SplittableRandom(seed * Mix.CLIENTS + number);
        this.singles = new SingleCalls(writer);
    }

    @Override
    public void run() {
        for (steps = 0; !enough.getAsBoolean(); steps++) {
            act();
        }
    }

    private void act() {
        int dice = random.nextInt(1_000);
        if (dice < 450) {
            single(MixCaches.PLAIN, caches.plain());
        } else if (dice < 600) {
            bulk(dice % 3);
        } else if (dice < 603) {
            clear();
        } else if (dice < 740) {
            increment(dice % 2 == 0);
        } else if (dice < 880) {
            single(MixCaches.BRIEF, caches.brief());
        } else if (dice < 900) {
            writeToAll();
        } else if (dice < 950) {
            readNear();
        } else {
            loosely();
        }
    }

    private String newValue() {
        return "v" + number + "." + (++values);
    }

    private String anyKey() {
        return "k" + steps / STEPS_OF_KEYS + "." + random.nextInt(KEYS);
    }

    private String ownKey(int client) {
        return "o" + client + "." + random.nextInt(OWN_KEYS);
    }

    private void single(String name, Cache<String, String> cache) {
        JcacheCall[] calls = SingleCalls.KINDS;
        JcacheCall call = random.nextInt(3) == 0 ? GET : calls[random.nextInt(calls.length)];
        String told = singles.make(call, name, cache, anyKey(), newValue(), lastSeen == null ? "nothing" : lastSeen);
        lastSeen = told.startsWith("=") ? Report.value(told) : lastSeen;
    }

    private void bulk(int kind) {
        Set<String> keys = new LinkedHashSet<>();
        for (int i = 0; i < BULK; i++) {
            keys.add(anyKey());
        }
        List<String> order = List.copyOf(keys);
        if (kind == 0) {
            writer.write(MixCaches.PLAIN, wishes(GET_ALL, order), () -> {
                Map<String, String> found = caches.plain().getAll(keys);
                return order.stream().map(key -> Report.valueOf(found.get(key))).toList();
            });
        } else if (kind == 1) {
            Map<String, String> stored = new LinkedHashMap<>();
            order.forEach(key -> stored.put(key, newValue()));
            List<Wish> wishes = order.stream()
                    .map(key -> Wish.storing(PUT_ALL, key, stored.get(key)))
                    .toList();
            writer.write(MixCaches.PLAIN, wishes, () -> {
                caches.plain().putAll(stored);
                return order.stream().map(key -> Report.DONE).toList();
            });
        } else {
            writer.write(MixCaches.PLAIN, wishes(REMOVE_ALL, order), () -> {
                caches.plain().removeAll(keys);
                return order.stream().map(key -> Report.DONE).toList();
            });
        }
    }

    private static List<Wish> wishes(JcacheCall call, List<String> keys) {
        return keys.stream().map(key -> Wish.of(call, key)).toList();
    }

    private void clear() {
        writer.write(MixCaches.PLAIN, Wish.of(CLEAR, Report.ALL_KEYS), () -> {
            if (random.nextBoolean()) {
                caches.plain().clear();
            } else {
                caches.plain().removeAll();
            }
            return Report.DONE;
        });
    }

    private void increment(boolean byProcessor) {
        String key = "c" + random.nextInt(COUNTERS);
        Increments increments = new Increments(caches.counters(), key);
        writer.write(
                MixCaches.COUNTERS,
                Wish.of(INCREMENT, key),
                byProcessor ? increments::byProcessor : increments::byReplacing);
    }

    private void writeToAll() {
        String key = ownKey(number);
        String value = newValue();
        writer.write(MixCaches.LEVELS, Wish.storing(PUT, key, value), () -> {
            caches.all().put(key, value);
            return Report.DONE;
        });
    }

    private void readNear() {
        String key = ownKey(random.nextInt(Mix.CLIENTS));
        writer.write(
                MixCaches.LEVELS,
                Wish.of(GET, key),
                () -> Report.valueOf(caches.near().get(key)));
    }

    private void loosely() {
        String key = ownKey(number);
        String value = newValue();
        if (random.nextInt(3) == 0) {
            writer.write(
                    MixCaches.LOOSE,
                    Wish.of(REMOVE, key),
                    () -> Boolean.toString(caches.loose().remove(key)));
        } else {
            writer.write(MixCaches.LOOSE, Wish.storing(PUT, key, value), () -> {
                caches.loose().put(key, value);
                return Report.DONE;
            });
        }
    }
}
