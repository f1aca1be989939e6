package dev.hypercache.core.lead;

import dev.hypercache.core.hint.Room;
import dev.hypercache.core.hint.SentBytes;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.AcceptClear;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a leader holds to its followers, and knows what a majority of them holds.
 *
 * <p>An accept carries the whole record, so followers need them neither in order nor completely: the newest of a key is
 * enough. What a follower did not answer is sent again, as it is by then, until the follower holds it. Confined to its
 * slot.
 */
final class Replication {

    private static final Lagging.Resend RESEND = new Lagging.Resend(200, 1_000);

    private final LeaderContext context;
    private final SlotState state;
    private final long ballot;
    private final Proposals proposals;
    private final Followers followers;
    private SlotConfiguration configuration;
    private long proposedAtMillis = Long.MIN_VALUE / 2;
    private boolean lost;

    Replication(LeaderContext context) {
        this.context = context;
        this.state = context.state();
        this.ballot = context.ballot();
        this.proposals = new Proposals(ballot);
        this.followers = new Followers(context.self(), context.hints());
        configure(state.configuration());
    }

    /** Learners came or went; the epoch is the same. */
    void configure(SlotConfiguration newConfiguration) {
        configuration = newConfiguration;
        followers.follow(configuration.recipients());
    }

    SlotConfiguration configuration() {
        return configuration;
    }

    Proposals proposals() {
        return proposals;
    }

    /** What one follower is not known to hold. */
    Lagging lagging(int member) {
        return followers.of(member);
    }

    /** Every sequence up to this one under the ballot is chosen. */
    long committed() {
        return proposals.committed(context.sequence().last());
    }

    /** Proposes the record that is held for a key, which the leader's own replica installed just now. */
    Proposal propose(RecordKey name, long nowMillis) {
        RecordEntry entry = state.entry(name);
        if (entry == null) {
            throw new IllegalStateException("nothing is held for " + name);
        }
        return propose(entry, NOBODY, nowMillis);
    }

    /**
     * Proposes a record for a caller that has just looked.
     *
     * @param entry what is held for its key, which the leader's own replica installed just now
     * @param informed a member that gets the record with the answer to its request, {@link #NOBODY} if there is none
     */
    Proposal propose(RecordEntry entry, int informed, long nowMillis) {
        proposedAtMillis = nowMillis;
        RecordKey name = entry.name();
        Version version = entry.record().version();
        Proposal proposal = proposals.add(name, version);
        if (proposals.latestClear(name.cache()) != null) {
            context.happened(LeaderEvent.CLEAR_RACED_PUT);
        }
        Accept accept = accept(entry);
        for (Lagging follower : followers.all()) {
            follower.sent(name, version, nowMillis);
            if (follower.member() != informed) {
                context.out().send(follower.member(), accept);
            }
        }
        proposals.accepted(name, version, context.self(), configuration);
        return proposal;
    }

    /**
     * Proposes what is held for a key on which the copies differ, under its new version; who had which of those before
     * is not known.
     */
    Proposal proposeAnew(RecordKey name) {
        Proposal proposal = propose(name, context.nowMillis());
        followers.all().forEach(lag -> lag.lacksAllOf(name));
        return proposal;
    }

    /** Nobody's short id. */
    static final int NOBODY = -1;

    private Accept accept(RecordEntry entry) {
        return new Accept(
                state.slot(), ballot, entry, pendingClears(entry.name().cache()), committed(), state.slotTimeMillis());
    }

    /** The clear of a cache, if it is not known to be chosen. */
    List<ClearMark> pendingClears(int cache) {
        ClearMark mark = proposals.latestClear(cache) == null ? null : state.clearOf(cache);
        return mark == null ? List.of() : List.of(mark);
    }

    /** Proposes a clear, which the leader's own replica applied just now. */
    Proposal proposeClear(ClearMark mark, BitSet holders, long nowMillis) {
        proposedAtMillis = nowMillis;
        Proposal proposal = proposals.addClear(mark.cache(), mark.version());
        AcceptClear accept = new AcceptClear(state.slot(), ballot, mark, state.slotTimeMillis());
        for (Lagging follower : followers.all()) {
            if (!holders.get(follower.member())) {
                follower.sent(new ClearName(mark.cache()), mark.version(), nowMillis);
                context.out().send(follower.member(), accept);
            }
        }
        holders.stream()
                .forEach(member -> proposals.clearAccepted(mark.cache(), mark.version(), member, configuration));
        proposals.clearAccepted(mark.cache(), mark.version(), context.self(), configuration);
        return proposal;
    }

    /** The name of a cache's clear among the names that a follower lags behind with. */
    private record ClearName(int cache) {}

    /**
     * A version that was found chosen, or is on its way to the new voters of a switch, keeps its name.
     *
     * @return the proposal, null if enough of those who count hold it
     */
    @Nullable
    Proposal keep(RecordKey name, Version version, BitSet holders) {
        markBehind(name, version, holders);
        if (configuration.isAcceptQuorum(holders)) {
            return null;
        }
        Proposal proposal = proposals.add(name, version);
        holders.stream().forEach(member -> proposals.accepted(name, version, member, configuration));
        return proposal;
    }

    private void markBehind(RecordKey name, Version version, BitSet holders) {
        for (Lagging follower : followers.all()) {
            if (!holders.get(follower.member())) {
                follower.lacks(name, version, context.nowMillis());
            }
        }
    }

    /** One follower was found without a version that is held here. */
    void markBehind(int member, RecordKey name, Version version) {
        lagging(member).lacks(name, version, context.nowMillis());
    }

    /** One follower was found without a clear that is known here. */
    void markClearBehind(int member, ClearMark mark) {
        lagging(member).lacks(new ClearName(mark.cache()), mark.version(), context.nowMillis());
    }

    /** A follower holds a version of a key or a later one. */
    void accepted(int member, RecordKey name, Version version) {
        Lagging lag = lagging(member);
        lag.holds(name, version);
        proposals.accepted(name, version, member, configuration);
        if (lag.hasMissed()) {
            drain(lag, context.nowMillis()); // The answer may have made room for more.
        }
    }

    /** A follower has cleared a cache up to a version or a later one. */
    void clearAccepted(int member, int cache, Version version) {
        lagging(member).holds(new ClearName(cache), version);
        proposals.clearAccepted(cache, version, member, configuration);
    }

    /** The version up to which every follower is known to hold everything; null if there is none. */
    @Nullable
    Version coveredByAll() {
        Version covered = new Version(ballot, context.sequence().last());
        for (Lagging lag : followers.all()) {
            Version lowest = lag.lowest();
            if (lowest != null && lowest.compareTo(covered) <= 0) {
                if (lowest.sequence() <= Version.BEFORE_ALL) {
                    return null;
                }
                covered = new Version(lowest.ballot(), lowest.sequence() - 1);
            }
        }
        return covered;
    }

    /** Sends again what was not answered for some time. */
    void repeat(long nowMillis) {
        for (Lagging lag : followers.all()) {
            lag.due(RESEND, this::isOpen, nowMillis).forEach(name -> resend(lag.member(), lag, name));
            drain(lag, nowMillis);
        }
    }

    /** Sends a follower what it was found without, as fast as it takes that. */
    void drain(int member, long nowMillis) {
        drain(lagging(member), nowMillis);
    }

    private void drain(Lagging lag, long nowMillis) {
        boolean learns = configuration.learners().contains(lag.member());
        Room room = learns ? (size, again) -> context.moves().take(size, again, nowMillis) : Room.FREE;
        lag.drain(this::bytesOf, room, nowMillis).forEach(name -> resend(lag.member(), lag, name));
    }

    private boolean isOpen(Object name) {
        return name instanceof ClearName clear
                ? proposals.latestClear(clear.cache()) != null
                : proposals.latest((RecordKey) name) != null;
    }

    private long bytesOf(Object name) {
        RecordEntry entry = name instanceof RecordKey key ? state.entry(key) : null;
        return entry == null ? SentBytes.OVERHEAD : SentBytes.of(entry.name().key(), entry.record());
    }

    /** Ends with the leadership: whoever leads next compares the followers with itself. */
    void end() {
        followers.all().forEach(Lagging::forget);
    }

    private void resend(int member, Lagging lag, Object name) {
        if (name instanceof ClearName clear) {
            ClearMark mark = state.clearOf(clear.cache());
            if (mark != null) {
                context.out().send(member, new AcceptClear(state.slot(), ballot, mark, state.slotTimeMillis()));
            }
        } else if (name instanceof RecordKey key) {
            RecordEntry entry = state.entry(key);
            checkProposed(key, entry);
            if (entry != null) {
                context.out().send(member, accept(entry));
            } else {
                lag.holds(
                        key, new Version(ballot, Long.MAX_VALUE)); // Cleared since: the clear is on its way by itself.
            }
        }
    }

    /** Finds out that a key's proposal is under way still, and what it is about not in the own copy any more. */
    private void checkProposed(RecordKey name, @Nullable RecordEntry entry) {
        Proposal latest = proposals.latest(name);
        if (!lost && latest != null && proposals.latestClear(name.cache()) == null) {
            lost = entry == null || entry.record().version().compareTo(latest.version()) < 0;
            if (lost) {
                context.happened(LeaderEvent.PROPOSED_LOST);
            }
        }
    }

    /**
     * Whether the own copy was found to have lost what was proposed: the followers would be sent something else in its place
     * for ever. Who leads next learns from a majority what became of it.
     */
    boolean hasLostProposed() {
        return lost;
    }

    /** Whether nothing was proposed for some time. */
    boolean isQuietFor(long millis, long nowMillis) {
        return nowMillis - proposedAtMillis >= millis;
    }

    /** Whether nobody lags behind. */
    boolean isIdle() {
        return proposals.isEmpty() && followers.holdEverything();
    }

    /** The followers of whom names were forgotten since the last look, so that they must be compared as a whole. */
    List<Integer> takeOverflowed() {
        return followers.takeOverflowed();
    }
}
