package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedsUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which member a client asks: the one that answered last, then the others that are known, then the seeds. Safe for use by any threads.
 */
final class ClientMembers {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SeedSource seeds;
    private volatile List<Address> known = List.of();
    private volatile @Nullable Address last;

    ClientMembers(SeedSource seeds) {
        this.seeds = seeds;
    }

    /** Asks one member. */
    @FunctionalInterface
    interface Question<T> {
        /** @throws IOException if it does not answer, or another one should be asked */
        T ask(Address member) throws IOException;
    }

    /** The ring has these members now. */
    void follow(Collection<Address> members) {
        known = List.copyOf(members);
    }

    /**
     * Asks each member once until one answers.
     *
     * @throws IOException if none does; the message says what stood in the way at each
     * @throws RingRefusedException if none does and one refused this client
     */
    <T> T askOnce(Question<T> question) throws IOException {
        List<String> troubles = new ArrayList<>();
        RingRefusedException refused = null;
        for (Address member : inOrder(troubles)) {
            try {
                T answer = question.ask(member);
                last = member;
                return answer;
            } catch (IOException e) {
                troubles.add(member + ": " + e.getMessage());
            } catch (RingRefusedException e) {
                refused = refused == null ? e : refused;
            }
        }
        if (refused != null) {
            throw refused;
        }
        throw new IOException("no member of the ring answers (" + String.join("; ", troubles) + ")");
    }

    /**
     * Asks the members again and again until one answers.
     *
     * @param millis how long
     * @throws IOException as {@link #askOnce}
     */
    <T> T ask(long millis, Question<T> question) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            try {
                return askOnce(question);
            } catch (IOException e) {
                if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private Set<Address> inOrder(List<String> troubles) {
        Set<Address> order = new LinkedHashSet<>();
        Address latest = last;
        List<Address> others = new ArrayList<>(known);
        if (latest != null && (others.isEmpty() || others.contains(latest))) {
            order.add(latest);
        }
        Collections.shuffle(others);
        order.addAll(others);
        order.addAll(seeds(troubles));
        return order;
    }

    private synchronized List<Address> seeds(List<String> troubles) {
        try {
            return seeds.seeds();
        } catch (SeedsUnavailableException e) {
            troubles.add(String.valueOf(e.getMessage()));
            return List.of();
        }
    }
}
