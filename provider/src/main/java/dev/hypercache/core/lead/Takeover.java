package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskVersions;
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
 * <p>A takeover whose helpers fell silent after they promised gets no further: what they alone hold may be chosen. It is
 * begun anew then, under a higher ballot and with whoever answers. Followers that promise later are compared by
 * {@link LateFollowers}. Confined to its slot.
 */
final class Takeover {

    static final long REPEAT_MILLIS = 100;
    private static final long STUCK_MILLIS = 1_000;

    private final LeaderContext context;
    private final SlotState state;
    private final Replication replication;
    private final Decisions decisions;
    private final Election election;
    private final LateFollowers late;
    private final MissingRecords missing;
    private final Map<Integer, VersionList> lists = new TreeMap<>();
    private final RefutedClears refuted;
    private final List<Proposal> reproposed = new ArrayList<>();
    private @Nullable BitSet quorum;
    private boolean decided;
    private boolean knowsRecords; // What is missing or refuted is found when it is decided, and only becomes less.
    private int attempts;
    private long preparedAtMillis;
    private long progressAtMillis;

    Takeover(LeaderContext context, Replication replication, Filling filling, Decisions decisions) {
        this.context = context;
        this.state = context.state();
        this.replication = replication;
        this.decisions = decisions;
        this.election = new Election(context.self(), state);
        this.missing = new MissingRecords(context);
        this.late = new LateFollowers(context, replication, filling, decisions);
        this.refuted = new RefutedClears(state);
    }

    /** Asks everybody for a promise. */
    void start() {
        preparedAtMillis = context.nowMillis();
        prepare();
        proceed();
    }

    private SlotConfiguration configuration() {
        return replication.configuration();
    }

    private void prepare() {
        for (int member : configuration().electors().toArray()) {
            if (!election.has(member)) {
                context.out().send(member, new Prepare(context.slot(), context.ballot()));
            }
        }
    }

    /** Whether the leader knows what is in the slot, but for single keys. */
    boolean isDecided() {
        return decided;
    }

    /** Whether the record of a key is not agreed on yet. */
    boolean isInDoubt(RecordKey name) {
        return !knowsRecords && (!decided || missing.contains(name) || refuted.contains(name.cache()));
    }

    /** Whether the record of any key of a cache is not agreed on yet. */
    boolean isInDoubt(int cache) {
        return !knowsRecords && (!decided || missing.containsAnyOf(cache) || refuted.contains(cache));
    }

    /** Whether the leader holds every record of the slot. */
    boolean knowsRecords() {
        return knowsRecords;
    }

    /** Whether everything that was found in the slot is chosen in the present configuration. */
    boolean isComplete() {
        reproposed.removeIf(proposal -> proposal.isChosen(configuration()));
        return knowsRecords && reproposed.isEmpty();
    }

    /** Whether a follower was compared with the leader since the election. */
    boolean isCompared(int member) {
        return decided && late.isCompared(member);
    }

    /** Has a follower compared with the leader once more. */
    void compareAgain(int member) {
        late.compareAgain(member);
    }

    /** Whether those who promised have fallen silent, so that only a takeover under a higher ballot gets on. */
    boolean isStuck() {
        boolean waits = quorum != null && (!decided || !missing.isEmpty());
        return waits && context.nowMillis() - progressAtMillis >= STUCK_MILLIS;
    }

    void on(int member, Promise promise) {
        state.advanceTo(promise.slotTimeMillis());
        if (election.add(member, promise) && !decided) {
            proceed();
        }
    }

    private void proceed() {
        if (quorum != null || !configuration().isPromiseQuorum(election.promised())) {
            return;
        }
        BitSet members = (BitSet) election.promised().clone();
        quorum = members;
        context.elected(election.predecessor(), election.highestFloor());
        progressAtMillis = context.nowMillis();
        if (election.isUnanimous(context.self())) {
            late.compared(members);
            decided = true;
            knowsRecords = true;
            return;
        }
        context.happened(LeaderEvent.TAKEOVER_DIFFERED);
        members.stream().filter(member -> member != context.self()).forEach(this::askVersions);
        decideWhenListed();
    }

    private void askVersions(int member) {
        VersionList list = new VersionList(++attempts, context.nowMillis());
        lists.put(member, list);
        context.out().send(member, new AskVersions(context.slot(), context.ballot(), list.attempt()));
    }

    void on(int member, VersionPage page) {
        if (decided) {
            late.on(member, page);
            return;
        }
        VersionList list = lists.get(member);
        if (list != null) {
            list.add(page);
            decideWhenListed();
        }
    }

    private void decideWhenListed() {
        BitSet members = quorum;
        if (members == null || !lists.values().stream().allMatch(VersionList::isComplete)) {
            return;
        }
        Agreement found = new Agreement(context, members, lists, election);
        found.clears().forEach((mark, holders) -> {
            if (found.isRefuted(mark)) {
                refuted.add(mark.cache(), found.clearsOf(mark.cache()));
            } else if (isChosen(mark.version(), holders)) {
                context.happened(LeaderEvent.CLEAR_KEPT_FOR_LAGGARDS);
                reproposed.add(decisions.adopt(mark, holders));
            } else {
                context.happened(LeaderEvent.CLEAR_REPROPOSED);
                reproposed.add(decisions.adopt(mark.adoptedUnder(context.ballot()), new BitSet()));
            }
        });
        Agreement agreement = new Agreement(context, members, lists, election);
        decided = true;
        late.compared(members);
        progressAtMillis = context.nowMillis();
        agreement.forEach(this::decide);
        agreement.gone().forEach(this::bury);
        lists.clear();
        missing.fetch();
        performRefuted();
    }

    /** Clears that were never chosen, but were seen by somebody: they happen now, once it is known what they take. */
    private void performRefuted() {
        for (RefutedClears.Anew anew : refuted.takeReady(missing)) {
            context.happened(LeaderEvent.CLEAR_PERFORMED_LATE);
            reproposed.add(decisions.perform(anew));
        }
        knowsRecords = decided && missing.isEmpty() && refuted.isEmpty();
    }

    /** Decides on a key on which the quorum differs; {@code holders} hold the highest version. */
    private void decide(RecordKey name, Version version, BitSet holders) {
        boolean keeps = isChosen(version, holders);
        if (!holders.get(context.self())) {
            missing.add(name, version, holders, keeps);
        } else if (!refuted.contains(name.cache())) {
            conclude(name, version, holders, keeps);
        }
    }

    private void conclude(RecordKey name, Version version, BitSet holders, boolean keeps) {
        context.happened(keeps ? LeaderEvent.KEPT_FOR_LAGGARDS : LeaderEvent.REPROPOSED);
        Proposal proposal = keeps ? replication.keep(name, version, holders) : decisions.renew(name);
        if (proposal != null) {
            reproposed.add(proposal);
        }
    }

    /** Somebody deleted the key and knows it by no trace: what others hold of it is old, and dies under a newer version. */
    private void bury(RecordKey name) {
        if (!refuted.contains(name.cache())) {
            context.happened(LeaderEvent.BURIED_BELOW_FLOOR);
            reproposed.add(decisions.bury(name));
        }
    }

    /** Whether a majority of the configuration that the version was written in holds it. */
    private boolean isChosen(Version version, BitSet holders) {
        boolean isOlder =
                Ballot.unpack(version.ballot()).epoch() < configuration().epoch();
        return configuration().isSwitching() && isOlder
                ? configuration().voters().hasMajorityIn(holders)
                : configuration().isAcceptQuorum(holders);
    }

    void on(RecordPage page) {
        state.advanceTo(page.slotTimeMillis());
        for (RecordEntry entry : page.entries()) {
            MissingRecords.Missing found = missing.take(entry);
            if (found != null) {
                progressAtMillis = context.nowMillis();
                state.apply(context.ballot(), entry);
                context.agreed(entry.name());
                BitSet holders = (BitSet) found.holders().clone();
                holders.set(context.self());
                if (!refuted.contains(entry.name().cache())) {
                    conclude(entry.name(), found.version(), holders, found.keeps());
                }
            }
        }
        missing.fetchMore();
        performRefuted();
    }

    /** Learners came or went. */
    void configured() {
        late.retain(configuration().holders());
    }

    /** Asks again for what was not answered; {@code overflowed} followers are compared anew. */
    void repeat(List<Integer> overflowed) {
        if (context.nowMillis() - preparedAtMillis >= REPEAT_MILLIS) {
            preparedAtMillis = context.nowMillis();
            prepare();
        }
        overflowed.forEach(late::compareAgain);
        if (isComplete()) {
            // Not before: it would keep out what this copy lacked, and take tombstones that are still brought to
            // others.
            state.raiseFloor(election.highestFloor());
        }
        if (!decided) {
            List<Integer> silent = new ArrayList<>();
            lists.forEach((member, list) -> {
                if (!list.isComplete() && context.nowMillis() - list.askedAtMillis() >= REPEAT_MILLIS) {
                    silent.add(member);
                }
            });
            silent.forEach(this::askVersions);
        } else if (missing.isEmpty() && refuted.isEmpty()) {
            late.ask(election.promised());
        } else {
            missing.repeat(REPEAT_MILLIS);
        }
    }

    /** Whether nothing has to be asked again. */
    boolean isIdle() {
        return knowsRecords() && late.isDone();
    }
}
