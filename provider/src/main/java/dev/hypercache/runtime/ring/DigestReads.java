package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.DigestRead;
import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.DigestsRead;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.CopyDigests;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads at QUORUM by this node's copies, which others confirm by digests: for any number of keys one message and one answer.
 *
 * <p>A key goes to its slot's leader if this node has no copy that counts, if what it holds is over by any clock that is known here,
 * if copies differ, and if those asked were silent for {@value #PATIENCE_MILLIS} ms. Safe for use by any threads.
 */
final class DigestReads {

    private static final long PATIENCE_MILLIS = 50;

    private final boolean enabled;
    private final MemberLinks links;
    private final PeerWatch watch;
    private final NodeClock clock;
    private final RingBounds bounds;
    private final RingMetrics metrics;
    private final AtomicLong ids = new AtomicLong();
    /** At most as many as {@link Admission} lets calls in, for each of the parts of one call. */
    private final Map<Long, UnderWay> reads = new ConcurrentHashMap<>();

    /** A key to be read, and who waits for it. */
    record Wanted(SlotCell cell, Get get, Completion completion) {}

    DigestReads(boolean enabled, SlotHost host) {
        this.enabled = enabled;
        this.links = host.links();
        this.watch = host.watch();
        this.clock = host.clock();
        this.bounds = host.bounds();
        this.metrics = host.metrics();
    }

    /** Whether a read may be tried here: one that moves an end of life is the leader's. */
    boolean suits(Get get) {
        return enabled && !get.expiry().dependsOnAccess();
    }

    /**
     * Reads keys of a cache.
     *
     * @param leader takes those that only the leader can answer
     */
    void read(int cache, List<Wanted> wanted, Consumer<Wanted> leader) {
        for (int from = 0; from < wanted.size(); from += DigestRead.KEYS_MAX) {
            int to = Math.min(wanted.size(), from + DigestRead.KEYS_MAX);
            new UnderWay(cache, wanted.subList(from, to), leader).begin();
        }
    }

    /** A message about digests arrived; false if it is none. */
    boolean receive(int from, SlotCells cells, Message message) {
        if (message instanceof ReadDigests question) {
            links.post(from, answerTo(question, cells));
            return true;
        }
        if (message instanceof DigestsRead answer) {
            UnderWay read = reads.get(answer.request());
            if (read != null) {
                read.on(from, answer);
            }
            return true;
        }
        return false;
    }

    private static DigestsRead answerTo(ReadDigests question, SlotCells cells) {
        List<Integer> differing = new ArrayList<>(0);
        List<CopyDigest> digests = question.digests();
        for (int place = 0; place < digests.size(); place++) {
            CopyDigest digest = digests.get(place);
            boolean isHeld = digest.slot() < cells.size()
                    && Boolean.TRUE.equals(
                            cells.cell(digest.slot()).read(copy -> CopyDigests.isHeld(copy.state(), digest)));
            if (!isHeld) {
                differing.add(place);
            }
        }
        return new DigestsRead(0, question.request(), List.copyOf(differing));
    }

    /** Asks the leaders for what is not answered in time; on the timer. */
    void tick() {
        long now = clock.steadyMillis();
        for (UnderWay read : reads.values()) {
            if (now - read.begunAtMillis >= PATIENCE_MILLIS) {
                read.end();
            }
        }
    }

    /** Some keys of one call. Answers are given under its lock, which nobody wants who holds another one. */
    private final class UnderWay implements DigestRead.Answer {
        private final long id = ids.incrementAndGet();
        private final long begunAtMillis = clock.steadyMillis();
        private final DigestRead read = new DigestRead(id, links.members().self(), this);
        private final int cache;
        private final List<Wanted> wanted;
        private final Consumer<Wanted> leader;
        private final @Nullable Outcome[] held;

        UnderWay(int cache, List<Wanted> wanted, Consumer<Wanted> leader) {
            this.cache = cache;
            this.wanted = wanted;
            this.leader = leader;
            this.held = new @Nullable Outcome[wanted.size()];
        }

        synchronized void begin() {
            for (int place = 0; place < wanted.size(); place++) {
                int at = place;
                Wanted one = wanted.get(place);
                Boolean isAdded = one.cell().read(copy -> add(at, one, copy));
                if (!Boolean.TRUE.equals(isAdded)) {
                    askLeader(at);
                }
            }
            reads.put(id, this);
            read.ask(watch::isHeard, links::post);
            forgetIfEnded();
        }

        /** In the guard of the slot. */
        private boolean add(int place, Wanted one, SlotMachine copy) {
            RecordKey name = new RecordKey(cache, one.get().key());
            CopyDigests.Held found =
                    CopyDigests.of(copy.state(), links.members().self(), name, clock.wallMillis());
            if (found == null) {
                return false;
            }
            StoredRecord live = found.live();
            if (live != null) {
                bounds.readPastLeader(one.cell(), name);
            }
            held[place] = one.get().evaluate(live, new ReadOnly(clock));
            MemberSet voters = copy.state().configuration().voters();
            read.add(place, found.digest(), voters);
            return true;
        }

        synchronized void on(int from, DigestsRead answer) {
            read.on(from, answer);
            forgetIfEnded();
        }

        synchronized void end() {
            read.end();
            forgetIfEnded();
        }

        private void forgetIfEnded() {
            if (read.isEnded()) {
                reads.remove(id);
            }
        }

        @Override
        public void agreed(int place) {
            metrics.digestAgreed();
            Outcome outcome = held[place];
            if (outcome != null) {
                wanted.get(place).completion().performed(outcome);
            }
        }

        @Override
        public void askLeader(int place) {
            metrics.digestToLeader();
            leader.accept(wanted.get(place));
        }
    }
}
