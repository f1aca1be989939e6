package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a replica becomes its slot's leader: promises first, then agreement on what is in the slot.
 *
 * <p>A version that was chosen is held by at least one of those who promised, and so is every version that might have
 * been. Per key the highest of them is what the slot holds from now on. If a majority of the configuration that it was
 * written in holds it, it is chosen and keeps its version; otherwise it is proposed again under a new one, never under its
 * old version, because a follower outside may hold something between the two. Only keys on which the followers differ are
 * touched, and only those are closed meanwhile. Clears are compared first: a version below one is nothing.
 *
 * <p>Followers that promise later are compared by themselves: what they lack is sent, and what only they hold dies under a
 * newer version. Confined to its slot.
 */
final class Takeover {

    private static final long REPEAT_MILLIS = 100;

    /** What the decisions of a takeover need of the leader. */
    interface Decisions {
        /** Writes what the leader holds for a key once more, or a tombstone, and proposes it. */
        Proposal renew(RecordKey name);

        /** A clear that others know of stands here, too. */
        void adopt(ClearMark mark);

        /** A key's record is agreed on: requests for it may go on. */
        void settled(RecordKey name);
    }

    private final SlotState state;
    private final long ballot;
    private final int self;
    private final Outbox out;
    private final Replication replication;
    private final Decisions decisions;
    private final Election election;
    private final Map<Integer, VersionList> lists = new TreeMap<>();
    /** The records that the leader lacks, with the version to get and who holds it. */
    private final Map<RecordKey, Missing> missing = new LinkedHashMap<>();

    private final List<Proposal> reproposed = new ArrayList<>();
    private @Nullable BitSet quorum;
    private boolean decided;
    private int attempts;
    private long preparedAtMillis;
    private long fetchedAtMillis;

    /** A record that the leader must hold before it can decide. */
    private record Missing(Version version, BitSet holders, boolean keeps) {}

    Takeover(SlotState state, long ballot, int self, Outbox out, Replication replication, Decisions decisions) {
        this.state = state;
        this.ballot = ballot;
        this.self = self;
        this.out = out;
        this.replication = replication;
        this.decisions = decisions;
        this.election = new Election(self, state.summary());
    }

    /** Asks everybody for a promise. */
    void start(long nowMillis) {
        preparedAtMillis = nowMillis;
        prepare();
        proceed(nowMillis);
    }

    private SlotConfiguration configuration() {
        return replication.configuration();
    }

    private void prepare() {
        for (int member : configuration().electors().toArray()) {
            if (!election.has(member)) {
                out.send(member, new Prepare(state.slot(), ballot));
            }
        }
    }

    /** Whether the leader knows what is in the slot, but for single keys. */
    boolean isDecided() {
        return decided;
    }

    /** Whether the record of a key is not agreed on yet. */
    boolean isInDoubt(RecordKey name) {
        return !decided || missing.containsKey(name);
    }

    /** Whether everything that was found in the slot is chosen in the present configuration. */
    boolean isComplete() {
        return decided
                && missing.isEmpty()
                && reproposed.stream().allMatch(proposal -> proposal.isChosen(configuration()));
    }

    /** Whether a follower was compared with the leader since the election. */
    boolean isCompared(int member) {
        return decided && compared.get(member);
    }

    private final BitSet compared = new BitSet();

    void onPromise(int member, Promise promise, long nowMillis) {
        state.advanceTo(promise.slotTimeMillis());
        if (!election.add(member, promise)) {
            return;
        }
        if (decided) {
            compareLate(member, nowMillis);
        } else {
            proceed(nowMillis);
        }
    }

    private void proceed(long nowMillis) {
        if (quorum != null || !configuration().isPromiseQuorum(election.promised())) {
            return;
        }
        quorum = (BitSet) election.promised().clone();
        if (election.isUnanimous(self)) {
            compared.or(quorum);
            decided = true;
            return;
        }
        quorum.stream().filter(member -> member != self).forEach(member -> askVersions(member, nowMillis));
        decideWhenListed(nowMillis);
    }

    private void askVersions(int member, long nowMillis) {
        VersionList list = new VersionList(++attempts, nowMillis);
        lists.put(member, list);
        out.send(member, new AskVersions(state.slot(), ballot, list.attempt()));
    }

    void onVersions(int member, VersionPage page, long nowMillis) {
        VersionList list = lists.get(member);
        if (list == null) {
            return;
        }
        list.add(page);
        if (!list.isComplete()) {
            return;
        }
        if (decided) {
            lists.remove(member);
            compare(member, list, nowMillis);
        } else {
            decideWhenListed(nowMillis);
        }
    }

    private void decideWhenListed(long nowMillis) {
        BitSet members = quorum;
        if (members == null || !lists.values().stream().allMatch(VersionList::isComplete)) {
            return;
        }
        Map<Integer, VersionList> listed = new TreeMap<>(lists);
        lists.clear();
        new Agreement(state, self, members, listed).clears().forEach(this::adopt);
        Agreement agreement = new Agreement(state, self, members, listed);
        decided = true;
        compared.or(members);
        agreement.forEach(this::decide);
        fetch(nowMillis);
        election.promised().stream()
                .filter(member -> !members.get(member))
                .forEach(member -> compareLate(member, nowMillis));
    }

    private void adopt(ClearMark mark, BitSet holders) {
        decisions.adopt(mark);
        reproposed.add(replication.proposeClear(mark, holders, preparedAtMillis));
    }

    /** Decides on a key on which the quorum differs; {@code holders} hold the highest version. */
    private void decide(RecordKey name, Version version, BitSet holders) {
        boolean keeps = isChosen(version, holders);
        if (!holders.get(self)) {
            missing.put(name, new Missing(version, holders, keeps));
        } else {
            conclude(name, version, holders, keeps);
        }
    }

    private void conclude(RecordKey name, Version version, BitSet holders, boolean keeps) {
        Proposal proposal = keeps ? replication.keep(name, version, holders) : decisions.renew(name);
        if (proposal != null) {
            reproposed.add(proposal);
        }
    }

    /** Whether a majority of the configuration that the version was written in holds it. */
    private boolean isChosen(Version version, BitSet holders) {
        boolean isOlder = Ballot.unpack(version.ballot()).epoch() < configuration().epoch();
        return configuration().isSwitching() && isOlder
                ? configuration().voters().hasMajorityIn(holders)
                : configuration().isAcceptQuorum(holders);
    }

    /** Asks for the records that are missing, each from one of its holders. */
    private void fetch(long nowMillis) {
        fetchedAtMillis = nowMillis;
        Map<Integer, List<RecordKey>> byHolder = new TreeMap<>();
        for (Map.Entry<RecordKey, Missing> one : missing.entrySet()) {
            int holder = one.getValue().holders().nextSetBit(0);
            List<RecordKey> names = byHolder.computeIfAbsent(holder, unused -> new ArrayList<>());
            if (names.size() < AskRecords.RECORDS_MAX) {
                names.add(one.getKey());
            }
        }
        byHolder.forEach((holder, names) ->
                out.send(holder, new AskRecords(state.slot(), ballot, List.copyOf(names))));
    }

    void onRecords(RecordPage page, long nowMillis) {
        state.advanceTo(page.slotTimeMillis());
        boolean found = false;
        for (RecordEntry entry : page.entries()) {
            Missing wanted = missing.get(entry.name());
            if (wanted != null && entry.record().version().equals(wanted.version())) {
                missing.remove(entry.name());
                state.apply(ballot, entry);
                BitSet holders = (BitSet) wanted.holders().clone();
                holders.set(self);
                conclude(entry.name(), wanted.version(), holders, wanted.keeps());
                decisions.settled(entry.name());
                found = true;
            }
        }
        if (found && !missing.isEmpty()) {
            fetch(nowMillis);
        }
    }

    /** A clear overtook a missing record: there is nothing to wait for any more. */
    void cleared(int cache) {
        List<RecordKey> gone = new ArrayList<>();
        for (RecordKey name : missing.keySet()) {
            if (name.cache() == cache) {
                gone.add(name);
            }
        }
        for (RecordKey name : gone) {
            missing.remove(name);
            decisions.settled(name);
        }
    }

    private void compareLate(int member, long nowMillis) {
        if (!lists.containsKey(member)) {
            askVersions(member, nowMillis);
        }
    }

    /** Compares a follower outside the quorum, or a learner, with what is held here. */
    private void compare(int member, VersionList list, long nowMillis) {
        compared.set(member);
        BitSet holder = new BitSet();
        holder.set(member);
        LateComparison comparison = new LateComparison(state, list);
        for (ClearMark mark : comparison.clearsAbove()) {
            decisions.adopt(mark);
            replication.proposeClear(mark, holder, nowMillis);
        }
        for (ClearMark mark : comparison.clearsBelow()) {
            replication.markClearBehind(member, mark);
        }
        comparison.behind().forEach((name, version) -> replication.markBehind(member, name, version));
        for (RecordKey name : comparison.ahead()) {
            if (!missing.containsKey(name)) {
                decisions.renew(name);
            }
        }
    }

    /** Asks again for what was not answered; {@code overflowed} followers are compared anew. */
    void repeat(List<Integer> overflowed, long nowMillis) {
        if (nowMillis - preparedAtMillis >= REPEAT_MILLIS) {
            preparedAtMillis = nowMillis;
            prepare();
        }
        if (decided) {
            for (int learner : configuration().learners().toArray()) {
                if (!compared.get(learner)) {
                    compareLate(learner, nowMillis);
                }
            }
            overflowed.forEach(member -> compareLate(member, nowMillis));
        }
        List<Integer> silent = new ArrayList<>();
        lists.forEach((member, list) -> {
            if (!list.isComplete() && nowMillis - list.askedAtMillis() >= REPEAT_MILLIS) {
                silent.add(member);
            }
        });
        silent.forEach(member -> askVersions(member, nowMillis));
        if (!missing.isEmpty() && nowMillis - fetchedAtMillis >= REPEAT_MILLIS) {
            fetch(nowMillis);
        }
    }

    /** Whether nothing has to be asked again. */
    boolean isIdle() {
        BitSet everybody = new BitSet();
        for (int member : configuration().electors().toArray()) {
            everybody.set(member);
        }
        for (int member : configuration().learners().toArray()) {
            everybody.set(member);
        }
        everybody.andNot(compared);
        return decided && missing.isEmpty() && lists.isEmpty() && everybody.isEmpty();
    }
}
