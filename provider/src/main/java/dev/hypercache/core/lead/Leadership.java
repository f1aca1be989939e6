package dev.hypercache.core.lead;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.ClearAccepted;
import dev.hypercache.core.message.Confirmed;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.FloorRaised;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.function.IntPredicate;

/**
 * One replica's time as the leader of its slot, under one ballot.
 *
 * <p>It takes the slot over ({@link Takeover}), performs operations ({@link OperationPath}) and clears ({@link ClearPath}),
 * brings what they write to the followers ({@link Replication}), and tells outcomes when everything that they rest on is
 * chosen ({@link Answers}): the proposals of the key, the clears of its cache, and for an answer that wrote nothing that
 * the leader still leads. Operations do not wait for each other. Ends with the first word of a higher ballot. Confined to its
 * slot.
 */
public final class Leadership {

    /** So many proposals may be open for an eviction more. */
    private static final int EVICTION_PROPOSALS_MAX = 1_024;

    private final LeaderContext context;
    private final Replication replication;
    private final Answers answers;
    private final Takeover takeover;
    private final Parking parking;
    private final OperationPath operations;
    private final Feeds feeds;
    private final ClearPath clears;
    private final PagePath pages;
    private final CompleteCopies complete;
    private final SlotTime time;
    private final ExpirySweep expiry;
    private final LeaderRepairs repairs;
    private final TombstonePurge purge;
    private final Filling filling;

    /**
     * What a leader is told of the world, besides messages.
     *
     * @param moves the node's transfers
     * @param clockOffsetMillis by how much slot time may be ahead of the clock that a majority has reached
     * @param isHeard whether a member gave a sign of life just now, so that it will most likely answer at once
     */
    public record Surroundings(
            int self,
            Outbox out,
            ValueEquality equality,
            LeaderObserver observer,
            HoldLimits holdLimits,
            HintLedger hints,
            Moves moves,
            long clockOffsetMillis,
            IntPredicate isHeard) {}

    public Leadership(SlotState state, long ballot, Surroundings surroundings) {
        this.context = new LeaderContext(state, ballot, surroundings);
        this.replication = new Replication(context);
        this.feeds = new Feeds(context, replication);
        CacheLeaders leaders = new CacheLeaders(context, feeds);
        this.answers = new Answers(context, replication);
        this.operations = new OperationPath(context, leaders, replication, answers, this::knowsEveryCopy);
        this.clears = new ClearPath(context, leaders, replication, answers);
        this.pages = new PagePath(context, leaders, replication, answers, operations::writeLost);
        this.filling = new Filling(context, replication);
        this.takeover = new Takeover(context, replication, filling, new TakeoverDecisions(operations, clears));
        this.parking = new Parking(context, takeover, new ParkedExit(operations, clears, pages));
        this.complete = new CompleteCopies(context, replication, this::isFilled);
        this.purge = new TombstonePurge(context, replication, complete, takeover, feeds);
        this.time = new SlotTime(state, surroundings.self(), surroundings.clockOffsetMillis());
        this.expiry = new ExpirySweep(context, leaders, replication, operations::expire);
        this.repairs = new LeaderRepairs(context, replication, operations, takeover);
    }

    private boolean knowsEveryCopy() {
        return takeover.isIdle();
    }

    /** Asks for promises; serves as soon as it may. */
    public void start(long now) {
        context.setNowMillis(now);
        takeover.start();
        afterEvent();
    }

    public long ballot() {
        return context.ballot();
    }

    public void on(int member, Promise promise, long now) {
        context.setNowMillis(now);
        time.heard(member, promise.clockMillis(), now);
        complete.compared(member, promise.copy());
        takeover.on(member, promise);
    }

    public void on(int member, VersionPage page, long now) {
        context.setNowMillis(now);
        complete.compared(member, page.copy());
        takeover.on(member, page);
        repairs.on(member, page);
    }

    public void on(RecordPage page, long now) {
        context.setNowMillis(now);
        takeover.on(page);
        repairs.on(page);
    }

    /** What this leader does about copies that differ. */
    public LeaderRepairs repairs() {
        return repairs;
    }

    public void on(int member, Accepted accepted, long now) {
        context.setNowMillis(now);
        time.heard(member, accepted.clockMillis(), now);
        replication.accepted(member, accepted.name(), accepted.version());
        if (filling.isFilling(member)) {
            filling.heard(member, takeover.isCompared(member));
        }
    }

    public void on(int member, ClearAccepted accepted, long now) {
        context.setNowMillis(now);
        replication.clearAccepted(member, accepted.cache(), accepted.version());
    }

    public void on(int member, FloorRaised raised, long now) {
        context.setNowMillis(now);
        purge.on(member, raised);
    }

    public void on(int member, Confirmed confirmed, long now) {
        context.setNowMillis(now);
        time.heard(member, confirmed.clockMillis(), now);
        complete.confirmed(member, confirmed.complete());
        answers.confirms().confirmed(member, confirmed.round(), replication.configuration(), now);
    }

    /** Whether the new voters of a switch hold everything that is chosen, so that the old ones may go. */
    public boolean isSwitchComplete() {
        return replication.configuration().isSwitching() && takeover.isComplete();
    }

    /** Whether requests are served, but for keys in doubt. */
    public boolean isServing() {
        return takeover.isDecided();
    }

    /** Whether the slot can only get on under a higher ballot. */
    public boolean isStuck() {
        return takeover.isStuck() || replication.hasLostProposed();
    }

    /** Whether a learner holds everything that is held here. */
    public boolean isFilled(int learner) {
        return takeover.isCompared(learner) && replication.lagging(learner).isEmpty() && purge.isTold(learner);
    }

    /** Whether a learner holds everything but what is on its way to all followers, so that it may begin to vote. */
    public boolean isCaughtUp(int learner) {
        return takeover.isCompared(learner) && replication.lagging(learner).isCaughtUp() && purge.isTold(learner);
    }

    /** Whether a voter could lead in place of this node at once: nothing is in doubt, and it lacks nothing that is known. */
    public boolean isReadyFor(int voter) {
        return takeover.isComplete()
                && takeover.isCompared(voter)
                && replication.lagging(voter).isEmpty();
    }

    /** Learners came or went; another epoch needs another leadership. */
    public void configure(SlotConfiguration configuration) {
        replication.configure(configuration);
        filling.retain(configuration.learners());
        takeover.configured();
    }

    /** Lets slot time go on by the wall clock of this node, as far as those of a majority allow. */
    public void advance(long wallMillis, long now) {
        if (time.advance(wallMillis, replication.configuration().targets(), now)) {
            context.happened(LeaderEvent.SLOT_TIME_KEPT_BACK);
        }
    }

    /** Performs a request, at once or when the slot is ready for it. */
    public void execute(int caller, Execute request, long now) {
        context.setNowMillis(now);
        if (!parking.parks(caller, request)) {
            operations.execute(caller, request);
        }
        afterEvent();
    }

    /** Clears a cache in the slot, at once or when the slot is ready for it. */
    public void clear(int caller, ExecuteClear request, long now) {
        context.setNowMillis(now);
        if (!parking.parks(caller, request)) {
            clears.execute(caller, request);
        }
        afterEvent();
    }

    /** Tells keys of a cache, at once or when the slot is ready for it. */
    public void page(int caller, AskPage request, long now) {
        context.setNowMillis(now);
        if (!parking.parks(caller, request)) {
            pages.tell(caller, request);
        }
        afterEvent();
    }

    /** Removes an entry because its cache holds too much; false if the leader is to be asked again later. */
    public boolean evict(RecordKey name, long now) {
        context.setNowMillis(now);
        boolean mayEvict = takeover.knowsRecords() && replication.proposals().size() < EVICTION_PROPOSALS_MAX;
        if (mayEvict) {
            operations.evict(name);
        }
        return mayEvict;
    }

    /** Those who listen to changes in the slot. */
    public Feeds feeds() {
        return feeds;
    }

    /** Holds on the keys of the slot. */
    public HoldDesk holds() {
        return operations.holds();
    }

    /** What follows from an event once it was dealt with. */
    public void afterEvent() {
        parking.release();
        operations.afterEvent(takeover);
    }

    /** Does what is due: asks again, sends again, ends holds that last too long. */
    public void tick(long now) {
        context.setNowMillis(now);
        takeover.repeat(replication.takeOverflowed());
        replication.repeat(now);
        filling.tick(takeover::isCompared);
        answers.repeat();
        complete.tick(takeover.isComplete());
        expiry.tick(takeover.knowsRecords());
        repairs.tick();
        operations.tick(now, takeover.isComplete());
        purge.tick();
        afterEvent();
    }

    /** The copy holds nothing of these caches any more; for a leader that is {@linkplain #isIdle idle}. */
    public void forgetCaches(IntPredicate which) {
        operations.forgetCaches(which);
    }

    /** Whether nothing has to be done until the next message. */
    public boolean isIdle() {
        return replication.isIdle()
                && takeover.isIdle()
                && answers.confirms().isIdle()
                && parking.isEmpty()
                && complete.isIdle()
                && !expiry.isBehind()
                && repairs.isIdle()
                && operations.isIdle();
    }

    /** Ends the leadership: nobody waits for an answer that this leader could still give. */
    public void end(int leader) {
        filling.end();
        replication.end();
        answers.abandon(leader);
        parking.end(leader);
        operations.end(leader);
    }

    /** How many versions are proposed and not known to be chosen. */
    public int pending() {
        return replication.proposals().size();
    }
}
