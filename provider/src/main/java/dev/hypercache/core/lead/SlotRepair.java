package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskBucketVersions;
import dev.hypercache.core.message.AskBuckets;
import dev.hypercache.core.message.BucketName;
import dev.hypercache.core.message.BucketPage;
import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.message.CacheBuckets;
import dev.hypercache.core.message.CacheRoot;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a leader finds out in what a follower's copy differs from its own, though it was compared when it began to follow, and
 * mends that: something was lost on the way or in memory.
 *
 * <p>First the buckets that differ, then the versions in them, then the records. What the follower lacks is sent, from the
 * leader to the follower and never between followers. Where the leader may be the one who lacks something, or where the
 * follower would refuse what it lacks, all voters are asked ({@link VoterPolls}): that a record is absent never means that
 * it was removed. What is under way to the follower anyhow is no difference, however old the follower's answer.
 *
 * <p>One comparison for each follower at a time; one that is not answered is given up, and the next cycle begins another.
 * Confined to its slot.
 */
final class SlotRepair {

    private static final long PATIENCE_MILLIS = 2_000;
    /** Takeovers and late followers number theirs from lower down. */
    private static final int ATTEMPTS_FROM = 1 << 24;

    private final LeaderContext context;
    private final SlotState state;
    private final Replication replication;
    private final VoterPolls polls;
    private final Map<Integer, Comparison> underWay = new TreeMap<>();
    private int attempts = ATTEMPTS_FROM;

    /** One comparison with one follower. */
    private static final class Comparison {
        final VersionList list;
        List<BucketName> buckets = List.of();

        Comparison(int attempt, long nowMillis) {
            this.list = new VersionList(attempt, nowMillis);
        }
    }

    SlotRepair(LeaderContext context, Replication replication, VoterPolls polls) {
        this.context = context;
        this.state = context.state();
        this.replication = replication;
        this.polls = polls;
    }

    /** Compares a follower's copy bucket by bucket, unless that is under way. */
    void compare(int member) {
        if (underWay.containsKey(member)) {
            return;
        }
        Comparison comparison = new Comparison(++attempts, context.nowMillis());
        underWay.put(member, comparison);
        int attempt = comparison.list.attempt();
        List<CacheRoot> roots = state.contents().cacheRoots();
        context.out().send(member, new AskBuckets(context.slot(), context.ballot(), attempt, roots));
    }

    /** A follower shows the buckets of the caches in which it differs. */
    void on(int member, BucketPage page) {
        Comparison comparison = underWay.get(member);
        if (comparison == null || comparison.list.attempt() != page.attempt() || !comparison.buckets.isEmpty()) {
            return;
        }
        List<BucketName> differing = new ArrayList<>();
        page.caches().forEach(theirs -> addDiffering(theirs, differing));
        comparison.buckets = List.copyOf(differing);
        context.out()
                .send(
                        member,
                        new AskBucketVersions(context.slot(), context.ballot(), page.attempt(), comparison.buckets));
    }

    private void addDiffering(CacheBuckets theirs, List<BucketName> differing) {
        int size = theirs.buckets().size();
        List<BucketSum> own = state.contents().buckets(theirs.cache(), size);
        if (Integer.bitCount(size) != 1 || own.isEmpty()) {
            return;
        }
        for (int bucket = 0; bucket < own.size(); bucket++) {
            if (!own.get(bucket).equals(folded(theirs.buckets(), bucket, own.size()))) {
                differing.add(new BucketName(theirs.cache(), own.size(), bucket));
            }
        }
    }

    /** One of fewer buckets than there are. */
    private static BucketSum folded(List<BucketSum> buckets, int bucket, int size) {
        long sum = 0;
        long mix = 0;
        for (int at = bucket; at < buckets.size(); at += size) {
            sum += buckets.get(at).sum();
            mix ^= buckets.get(at).mix();
        }
        return new BucketSum(sum, mix);
    }

    /** A follower lists what it holds; ignored unless it belongs to a comparison that is under way. */
    void on(int member, VersionPage page) {
        Comparison comparison = underWay.get(member);
        if (comparison == null || comparison.list.attempt() != page.attempt()) {
            return;
        }
        comparison.list.add(page);
        if (comparison.list.isComplete()) {
            underWay.remove(member);
            mend(member, comparison);
        }
    }

    private void mend(int member, Comparison found) {
        context.happened(LeaderEvent.REPAIR_COMPARED);
        LateComparison comparison =
                new LateComparison(state, found.list, state.contents().versionsIn(found.buckets));
        for (ClearMark mark : comparison.clearsBelow()) {
            replication.markClearBehind(member, mark);
        }
        List<RecordKey> doubtful = new ArrayList<>(comparison.ahead());
        for (Map.Entry<RecordKey, Version> behind : comparison.behind().entrySet()) {
            boolean isRefused = behind.getValue().compareTo(state.floor()) <= 0
                    && !found.list.versions().containsKey(behind.getKey());
            if (isRefused || isCleared(behind.getKey(), behind.getValue())) {
                doubtful.add(behind.getKey()); // The follower would take it for something that was removed since.
            } else {
                send(member, behind.getKey(), behind.getValue());
            }
        }
        polls.ask(doubtful);
    }

    /** Whether the leader itself holds what went with a clear, so that nobody would take it. */
    private boolean isCleared(RecordKey name, Version version) {
        ClearMark cleared = state.clearOf(name.cache());
        return cleared != null && cleared.takes(version, state.knownTo(name.cache(), version.ballot()));
    }

    private void send(int member, RecordKey name, Version version) {
        if (!replication.lagging(member).contains(name)) {
            context.happened(LeaderEvent.REPAIR_SENT);
            replication.markBehind(member, name, version);
        }
    }

    /** Gives up what was not answered for long. */
    void tick() {
        underWay.values().removeIf(one -> context.nowMillis() - one.list.askedAtMillis() >= PATIENCE_MILLIS);
    }

    /** Whether nothing has to be given up later on. */
    boolean isIdle() {
        return underWay.isEmpty();
    }
}
