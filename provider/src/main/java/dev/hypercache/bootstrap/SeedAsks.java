package dev.hypercache.bootstrap;

import dev.hypercache.core.form.Ask;
import dev.hypercache.core.form.FormAnswer;
import dev.hypercache.core.form.FormRequest;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks seeds, several at once, so that silent ones keep nobody waiting, and looks up who the seeds are. One question of a kind is under
 * way to each seed; more are dropped, since they come again.
 */
final class SeedAsks implements AutoCloseable {

    private static final int THREADS = 8;
    private static final long END_MILLIS = 2_000;

    private final SeedSource source;
    private final SeedClient client;
    private final FormingDesk desk;
    private final ThreadPoolExecutor threads;
    /** At most two for each seed and one for their source, which bounds the queue before the threads. */
    private final Set<Object> underWay = ConcurrentHashMap.newKeySet();
    /** Seeds that were no nodes of this ring, and why; at most as many as there are seeds. */
    private final Map<Address, RingRefusedException> refused = new ConcurrentHashMap<>();

    private volatile @Nullable String unavailable;

    /** A question's kind and where it goes. */
    private record Way(Address to, boolean isCard) {}

    SeedAsks(String node, SeedSource source, SeedClient client, FormingDesk desk) {
        this.source = source;
        this.client = client;
        this.desk = desk;
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "hypercache-seeds-" + node);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Asks what is to be asked. */
    void perform(List<Ask> asks) {
        for (Ask ask : asks) {
            perform(new Way(ask.to(), ask.request() == null), () -> ask(ask));
        }
    }

    /** Looks the seeds up. */
    void look() {
        perform(source, () -> {
            try {
                List<Address> seeds = source.seeds();
                unavailable = null;
                refused.keySet().retainAll(seeds);
                desk.seeds(seeds);
            } catch (SeedsUnavailableException e) {
                unavailable = e.getMessage();
            }
        });
    }

    private void perform(Object what, Runnable task) {
        if (underWay.add(what)) {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    underWay.remove(what);
                }
            });
        }
    }

    private void ask(Ask ask) {
        Address to = ask.to();
        FormRequest request = ask.request();
        try {
            if (request == null) {
                long askedMillis = desk.nowMillis();
                SeedCard card = client.ask(to);
                if (card != null) {
                    refused.remove(to);
                    desk.heard(to, card, askedMillis);
                }
            } else {
                FormAnswer answer = client.vote(to, request);
                if (answer != null) {
                    desk.answered(to, answer);
                }
            }
        } catch (RingRefusedException e) {
            refused.put(to, e);
        }
    }

    /**
     * What a seed is refused for. Where the list is fixed that ends the wait: whoever wrote it must correct something. What a name server
     * or a file lists may be gone in a moment.
     */
    @Nullable
    RingRefusedException refusal() {
        return source.isFixed() ? refused.values().stream().findFirst().orElse(null) : null;
    }

    /** What goes wrong with the seeds, behind what is waited for; may be empty. */
    String troubles() {
        List<String> troubles = new ArrayList<>();
        String looked = unavailable;
        if (looked != null) {
            troubles.add(looked);
        }
        refused.values().stream().limit(3).forEach(each -> troubles.add(String.valueOf(each.getMessage())));
        return troubles.isEmpty() ? "" : " (" + String.join("; ", troubles) + ")";
    }

    /** Lets what is under way end, for up to two seconds, and asks no more. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
