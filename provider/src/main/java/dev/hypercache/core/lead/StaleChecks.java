package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHeld;
import dev.hypercache.core.message.HeldPage;
import dev.hypercache.core.message.HeldVersion;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.StaleSeen;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What readers told a leader of followers that they saw stale: the follower is asked what it holds by now, and gets what it
 * lacks still.
 *
 * <p>However many readers see one stale record, and whatever was on its way when they did, it is sent once: a follower that was
 * asked about a key is not asked about it again before it has answered. Bounded by {@link #CHECKS_MAX} questions; what comes
 * beyond is left to the next comparison of the whole slot. Confined to its slot.
 */
final class StaleChecks {

    /** The most questions under way. */
    static final int CHECKS_MAX = 64;

    private static final long PATIENCE_MILLIS = 2_000;
    /** Polls of voters count from 1. */
    private static final int CHECKS_FROM = 1 << 24;

    private final LeaderContext context;
    private final SlotState state;
    private final Replication replication;
    private final VoterPolls polls;
    private final Map<Integer, Check> checks = new LinkedHashMap<>();
    private int last = CHECKS_FROM;

    /** One question to one follower. */
    private record Check(int member, List<RecordKey> names, long atMillis) {}

    StaleChecks(LeaderContext context, Replication replication, VoterPolls polls) {
        this.context = context;
        this.state = context.state();
        this.replication = replication;
        this.polls = polls;
    }

    /** A reader saw a follower stale. */
    void on(StaleSeen seen) {
        List<RecordKey> names = new ArrayList<>();
        for (RecordKey name : seen.names()) {
            if (!replication.lagging(seen.member()).contains(name) && !isAsked(seen.member(), name)) {
                names.add(name);
            }
        }
        boolean isFollower = seen.member() != context.self()
                && replication.configuration().recipients().contains(seen.member());
        if (names.isEmpty() || !isFollower || checks.size() >= CHECKS_MAX) {
            return;
        }
        checks.put(++last, new Check(seen.member(), List.copyOf(names), context.nowMillis()));
        context.out().send(seen.member(), new AskHeld(context.slot(), context.ballot(), last, List.copyOf(names)));
    }

    private boolean isAsked(int member, RecordKey name) {
        return checks.values().stream()
                .anyMatch(check -> check.member() == member && check.names().contains(name));
    }

    /** A follower says what it holds; ignored unless it was asked here. */
    void on(int member, HeldPage page) {
        Check check = checks.get(page.poll());
        if (check == null || check.member() != member) {
            return;
        }
        checks.remove(page.poll());
        List<RecordKey> doubtful = new ArrayList<>();
        for (RecordKey name : check.names()) {
            if (!settle(member, name, heldIn(page, name))) {
                doubtful.add(name);
            }
        }
        polls.ask(doubtful);
    }

    private static @Nullable Version heldIn(HeldPage page, RecordKey name) {
        for (HeldVersion one : page.held()) {
            if (one.name().equals(name)) {
                return one.version();
            }
        }
        return null;
    }

    /** Sends what is lacking; false if that cannot be told from here. */
    private boolean settle(int member, RecordKey name, @Nullable Version theirs) {
        RecordEntry own = state.entry(name);
        Version mine = own == null ? null : own.record().version();
        int order = mine == null ? (theirs == null ? 0 : -1) : theirs == null ? 1 : mine.compareTo(theirs);
        if (order == 0 || replication.lagging(member).contains(name)) {
            context.happened(LeaderEvent.READ_REPAIR_NEEDLESS);
            return true;
        }
        boolean isRefused = mine != null && theirs == null && mine.compareTo(state.floor()) <= 0;
        if (mine == null || order < 0 || isRefused) {
            return false;
        }
        context.happened(LeaderEvent.READ_REPAIRED);
        replication.markBehind(member, name, mine);
        return true;
    }

    /** Gives up what was not answered for long. */
    void tick() {
        checks.values().removeIf(check -> context.nowMillis() - check.atMillis() >= PATIENCE_MILLIS);
    }

    /** Whether nothing has to be given up later on. */
    boolean isIdle() {
        return checks.isEmpty();
    }
}
