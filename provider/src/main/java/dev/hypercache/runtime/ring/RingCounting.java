package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.AskCounts;
import dev.hypercache.core.message.CountingSwitch;
import dev.hypercache.core.message.CountsTold;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ShowCounting;
import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.runtime.call.CountedCallers;
import dev.hypercache.runtime.call.RingCounts;
import dev.hypercache.spi.Peer;
import dev.hypercache.telemetry.NodeLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What this node counts of the ring's caches, what it tells others of it, and what others tell.
 *
 * <p>A member counts what the callers of its managers did, and what was lost in the slots that it leads, whether or not it has
 * the cache open. Whether a cache is counted is one switch for the ring: the later word counts, travels with every question
 * and is repeated every {@value #RENEW_MILLIS} ms by those who have the cache open. A question goes to all members at once and
 * again every {@value #REPEAT_MILLIS} ms to those who are silent; nobody waits for a member that is suspected, and nobody
 * longer than the request timeout. At most {@value #QUESTIONS_MAX} questions are open at a time; who asks beyond them gets
 * what this node has. Safe for use by any threads.
 */
final class RingCounting {

    private static final int QUESTIONS_MAX = 256;
    private static final long REPEAT_MILLIS = 250;
    private static final long RENEW_MILLIS = 1_000;

    private final MemberLinks links;
    private final NodeClock clock;
    private final PeerWatch watch;
    private final Interests interests;
    private final CacheTallies tallies;
    private final Surroundings around;
    private final Map<Long, CountsRound> open = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    /** Whether somebody was missing the last time that others were asked. */
    private final AtomicBoolean incomplete = new AtomicBoolean();

    private long renewedAtMillis;

    /**
     * @param exists whether the ring has a cache of an id
     * @param timeoutMillis how long a question may take
     * @param metrics where the node counts
     * @param log where it logs
     */
    record Surroundings(IntPredicate exists, long timeoutMillis, RingMetrics metrics, NodeLog log) {}

    RingCounting(MemberLinks links, NodeClock clock, PeerWatch watch, Interests interests, Surroundings around) {
        this.links = links;
        this.clock = clock;
        this.watch = watch;
        this.interests = interests;
        this.tallies = interests.tallies();
        this.around = around;
    }

    /** A cache was opened on this node. */
    void opened(int cache, ChangeObserver observer) {
        CountedCallers callers = observer.counted();
        if (callers != null) {
            callers.follow(tallies.counting(cache).on());
        }
    }

    /** Whether the ring counts what is done to a cache. */
    boolean isOn(int cache) {
        return tallies.counting(cache).on();
    }

    /** The ring is to count what is done to a cache, or not; others learn of it with the next question. */
    void turn(int cache, boolean on) {
        long stamp = Math.max(clock.wallMillis(), tallies.counting(cache).stamp() + 1);
        heard(new CountingSwitch(cache, stamp, on));
    }

    private void heard(CountingSwitch said) {
        if (tallies.heard(said)) {
            boolean on = isOn(said.cache());
            callers(said.cache(), callers -> callers.follow(on));
        }
    }

    private void callers(int cache, Consumer<CountedCallers> action) {
        for (ChangeObserver observer : interests.observersOf(cache)) {
            CountedCallers callers = observer.counted();
            if (callers != null) {
                action.accept(callers);
            }
        }
    }

    /** What this node has counted. */
    CacheCounts own(int cache) {
        CacheCounts[] sum = {tallies.losses(cache)};
        callers(cache, callers -> sum[0] = sum[0].plus(callers.counts()));
        return sum[0];
    }

    /** Lets this node begin to count anew. */
    void clear(int cache) {
        tallies.clear(cache);
        callers(cache, CountedCallers::clear);
    }

    /**
     * Asks all other members.
     *
     * @param clears whether they begin to count anew
     */
    RingCounts others(int cache, boolean clears) {
        int[] others = links.members().others();
        CountsRound round = new CountsRound(others);
        if (open.size() >= QUESTIONS_MAX) {
            around.metrics().countsRefused();
        } else if (others.length > 0) {
            ask(round, new AskCounts(0, requests.incrementAndGet(), clears, tallies.counting(cache)));
        }
        List<String> missing = missing(round);
        return new RingCounts(round.sum(), others.length - round.silent().size(), missing);
    }

    private void ask(CountsRound round, AskCounts question) {
        open.put(question.request(), round);
        try {
            long deadlineMillis = clock.steadyMillis() + around.timeoutMillis();
            long leftMillis = around.timeoutMillis();
            boolean isOver = false;
            while (!isOver && leftMillis > 0) {
                links.together(() -> round.silent().forEach(member -> links.post(member, question)));
                isOver = round.await(Math.min(REPEAT_MILLIS, leftMillis), this::isSuspected);
                leftMillis = deadlineMillis - clock.steadyMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Who has not answered by now is missing.
        } finally {
            open.remove(question.request());
        }
    }

    private boolean isSuspected(int member) {
        return watch.suspected().get(member);
    }

    private List<String> missing(CountsRound round) {
        List<String> names = new ArrayList<>();
        for (int member : round.silent()) {
            Peer peer = links.members().peer(member);
            if (peer != null) {
                names.add(peer.id().name());
            }
        }
        names.sort(null);
        around.metrics().countsUnanswered(names.size());
        if (incomplete.getAndSet(!names.isEmpty()) || names.isEmpty()) {
            return names;
        }
        around.log()
                .warn("statistics")
                .log(
                        "Statistics of the ring are without {}, which did not answer; sums are marked until all do.",
                        names);
        return names;
    }

    /** A message of another member; false if it is about something else. */
    boolean receive(int from, Message message) {
        if (message instanceof AskCounts question) {
            answer(from, question);
        } else if (message instanceof CountsTold told) {
            heard(told.counting());
            CountsRound round = open.get(told.request());
            if (round != null) {
                round.told(from, told.counts());
            }
        } else if (message instanceof ShowCounting shown) {
            shown.switches().forEach(this::heard);
        } else {
            return false;
        }
        return true;
    }

    private void answer(int from, AskCounts question) {
        int cache = question.counting().cache();
        heard(question.counting());
        if (question.clears()) {
            clear(cache);
        }
        links.post(from, new CountsTold(0, question.request(), tallies.counting(cache), own(cache)));
    }

    /** Does what is due. */
    void tick() {
        long now = clock.steadyMillis();
        if (now - renewedAtMillis < RENEW_MILLIS) {
            return;
        }
        renewedAtMillis = now;
        tallies.keep(around.exists());
        List<CountingSwitch> said = tallies.said(interests.openCaches());
        if (!said.isEmpty()) {
            for (int member : links.members().others()) {
                links.post(member, new ShowCounting(0, said));
            }
        }
    }
}
