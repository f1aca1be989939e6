package dev.hypercache.core.lead;

import dev.hypercache.core.message.BucketPage;
import dev.hypercache.core.message.HeldPage;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.RepairMessage;
import dev.hypercache.core.message.StaleSeen;
import dev.hypercache.core.message.VersionPage;

/**
 * What a leader does about copies that differ though nothing is on its way: it compares slots ({@link SlotRepair}), asks voters
 * ({@link VoterPolls}) and listens to readers ({@link StaleChecks}). Confined to its slot.
 */
public final class LeaderRepairs {

    private final LeaderContext context;
    private final Replication replication;
    private final Takeover takeover;
    private final SlotRepair slot;
    private final VoterPolls polls;
    private final StaleChecks stale;
    /** Whether anything may be under way; else there is nothing to look at. */
    private boolean active;

    LeaderRepairs(LeaderContext context, Replication replication, OperationPath operations, Takeover takeover) {
        this.context = context;
        this.replication = replication;
        this.takeover = takeover;
        this.polls = new VoterPolls(context, replication, operations);
        this.slot = new SlotRepair(context, replication, polls);
        this.stale = new StaleChecks(context, replication, polls);
    }

    /** Whether a member follows, so that its copy is to be the leader's. */
    public boolean isFollowedBy(int member) {
        return takeover.knowsRecords()
                && replication.configuration().recipients().contains(member);
    }

    /** Whether the slot was not written for so long that copies which differ do not differ by what is under way. */
    public boolean isQuietFor(long millis, long now) {
        return replication.isQuietFor(millis, now);
    }

    /** Compares a follower's copy, unless it is one that is being compared as a whole still. */
    public void compare(int member, long now) {
        context.setNowMillis(now);
        active = true;
        if (isComparable(member)) {
            slot.compare(member);
        }
    }

    private boolean isComparable(int member) {
        return takeover.knowsRecords() && takeover.isCompared(member);
    }

    /** An answer to what was asked here, or a reader's hint. */
    public void on(int member, RepairMessage message, long now) {
        context.setNowMillis(now);
        active = true;
        if (message instanceof BucketPage page && page.ballot() == context.ballot()) {
            slot.on(member, page);
        } else if (message instanceof HeldPage page && page.ballot() == context.ballot()) {
            polls.on(member, page);
            stale.on(member, page);
        } else if (message instanceof StaleSeen seen && isComparable(seen.member())) {
            stale.on(seen);
        }
    }

    void on(int member, VersionPage page) {
        slot.on(member, page);
    }

    void on(RecordPage page) {
        polls.on(page);
    }

    void tick() {
        if (active) {
            slot.tick();
            polls.tick();
            stale.tick();
        }
    }

    boolean isIdle() {
        active = active && !(slot.isIdle() && polls.isIdle() && stale.isIdle());
        return !active;
    }
}
