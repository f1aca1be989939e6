package dev.hypercache.cluster;

import dev.hypercache.cluster.CallWriter.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;

/** One thread of an application that adds to counters without pause, by an entry processor or by get and replace. */
final class CounterLoad implements Runnable {

    static final int WRITERS_OF_NODE = 4;

    /** So many that each node leads the slots of some. */
    static final int COUNTERS = 12;

    private final Cache<String, String> cache;
    private final boolean byProcessor;
    private final BooleanSupplier enough;
    private final CallWriter writer;
    private final SplittableRandom random;

    private CounterLoad(Cache<String, String> cache, int number, BooleanSupplier enough, Consumer<String> events) {
        this.cache = cache;
        this.byProcessor = number % 2 == 0;
        this.enough = enough;
        this.writer = new CallWriter(number, events);
        this.random = new SplittableRandom(number);
    }

    /**
     * Starts the writers of a node, half of them of each kind.
     *
     * @param first the number of the first one, unique in the run with those that follow
     */
    static Load start(int first, Cache<String, String> cache, Consumer<String> events) {
        List<Function<BooleanSupplier, Runnable>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS_OF_NODE; i++) {
            int number = first + i;
            writers.add(enough -> new CounterLoad(cache, number, enough, events));
        }
        return Load.start(writers, events);
    }

    @Override
    public void run() {
        while (!enough.getAsBoolean()) {
            String key = "c" + random.nextInt(COUNTERS);
            Increments increments = new Increments(cache, key);
            writer.write(
                    MixCaches.COUNTERS,
                    Wish.of(JcacheCall.INCREMENT, key),
                    byProcessor ? increments::byProcessor : increments::byReplacing);
        }
    }
}
