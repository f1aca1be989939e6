package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearKnowledge;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.storage.EntryStore;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What one node holds of one slot: promise, records of every cache, clears, tokens, slot time. Confined to its slot. */
public final class SlotState {

    /** Makes the store of a cache in this slot. */
    @FunctionalInterface
    public interface Stores {
        EntryStore<StoredRecord> create(int cache);
    }

    private final int slot;
    private final long copy;
    private final long tokenWindowMillis;
    private final SlotPromise promise = new SlotPromise();
    private final SlotClears clears = new SlotClears();
    private final TokenWindow tokens = new TokenWindow();
    private final SlotRecords records;
    private final CopyContents contents;

    private SlotConfiguration configuration;
    private long slotTimeMillis;
    private long nowMillis;
    private long clockMillis;
    private long committed;
    private boolean complete;
    private int epochHeard;

    /**
     * @param copy tells this copy from those of the slot that the node held before, 1 or more
     * @param tokenWindowMillis how long after its issue a mutation may be asked for again
     * @param secret the ring's key of fingerprints
     */
    public SlotState(
            int slot,
            long copy,
            SlotConfiguration configuration,
            Stores stores,
            long tokenWindowMillis,
            FingerprintKey secret) {
        this.slot = slot;
        this.copy = copy;
        this.configuration = configuration;
        this.records = new SlotRecords(stores, promise, secret);
        this.contents = new CopyContents(this, records);
        this.tokenWindowMillis = tokenWindowMillis;
        this.promise.enter(configuration.epoch());
    }

    public int slot() {
        return slot;
    }

    /** Tells this copy from those of the slot that the node held before. */
    public long copy() {
        return copy;
    }

    public SlotConfiguration configuration() {
        return configuration;
    }

    /**
     * The slot entered another epoch, or learners came; epochs only grow.
     *
     * <p>Leaders of earlier epochs are followed no more, even by a copy that begins empty: a replica that left a slot and
     * came back would else count for a leader that never heard of either.
     */
    public void configure(SlotConfiguration newConfiguration) {
        if (newConfiguration.epoch() >= configuration.epoch()) {
            if (newConfiguration.isResetSince(configuration.epoch())) {
                forgetCaches(cache -> true);
                complete = false;
            }
            configuration = newConfiguration;
            promise.enter(newConfiguration.epoch());
        }
    }

    /** Whether a leader of an epoch spoke of which the node has not read yet. */
    public boolean isBehind() {
        return epochHeard > configuration.epoch();
    }

    public SlotPromise promise() {
        return promise;
    }

    public TokenWindow tokens() {
        return tokens;
    }

    /** Whether this copy was filled: everything that was chosen before some moment was here at that moment. */
    public boolean isComplete() {
        return complete;
    }

    /** This copy was filled, or is one of the slot's first. */
    public void complete() {
        complete = true;
    }

    /** The records of a cache; made when first asked for. */
    public SlotReplica replica(int cache) {
        return records.of(cache);
    }

    /** The highest slot time that this replica knows. */
    public long slotTimeMillis() {
        return slotTimeMillis;
    }

    /** Slot time only goes forward. */
    public void advanceTo(long millis) {
        slotTimeMillis = Math.max(slotTimeMillis, millis);
    }

    /**
     * An event comes at this time.
     *
     * @param newNowMillis the steady clock
     * @param wallMillis this node's wall clock, for those who lead the slot; it decides nothing here
     */
    public void at(long newNowMillis, long wallMillis) {
        nowMillis = newNowMillis;
        clockMillis = wallMillis;
    }

    /** The steady clock, as of the event that is being dealt with. */
    public long nowMillis() {
        return nowMillis;
    }

    /** This node's wall clock, as of the event that is being dealt with. */
    public long clockMillis() {
        return clockMillis;
    }

    /** Every sequence up to this one under the promised ballot is known to be chosen. */
    public long committed() {
        return committed;
    }

    /** Notes what the leader of the promised ballot says to be chosen. */
    public void commit(long newCommitted) {
        committed = Math.max(committed, newCommitted);
    }

    /**
     * Follows {@code ballot} from now on, unless more was promised already or its epoch is not known here.
     *
     * <p>On the way to that epoch the node may learn that this copy is to be discarded, and a copy that was counted must not be.
     */
    public boolean admit(long ballot) {
        int epoch = Ballot.unpack(ballot).epoch();
        epochHeard = Math.max(epochHeard, epoch);
        if (epoch > configuration.epoch()) {
            return false;
        }
        long before = promise.ballot();
        if (!promise.admit(ballot)) {
            return false;
        }
        if (before != ballot) {
            committed = 0;
        }
        return true;
    }

    /** Tokens issued before this slot time are refused. */
    public long oldestTokenMillis() {
        return slotTimeMillis - tokenWindowMillis;
    }

    /** Applies a record, and with it the lineage of its version. */
    public ApplyResult apply(long ballot, RecordEntry entry) {
        if (!admit(ballot)) {
            return ApplyResult.FENCED;
        }
        RecordKey name = entry.name();
        CacheClears cache = clears.of(name.cache());
        cache.learn(entry.record().ballot(), entry.cleared());
        ClearMark cleared = cache.mark();
        if (cleared != null && cleared.takes(entry.record().version(), entry.cleared())) {
            return ApplyResult.SUPERSEDED;
        }
        ApplyResult result = replica(name.cache()).apply(ballot, name.key(), entry.record());
        if (result == ApplyResult.INSTALLED) {
            tokens.replace(SlotRecords.filed(name, entry.record()), entry.lineage());
        }
        return result;
    }

    /** The leader's own replica installed a version, and this is its lineage; gives both as {@link #entry} would. */
    public RecordEntry installed(RecordKey name, Lineage lineage) {
        StoredRecord held = records.held(name);
        if (held == null) {
            throw new IllegalStateException("nothing is held for " + name);
        }
        tokens.replace(SlotRecords.filed(name, held), lineage);
        return new RecordEntry(name, held, lineage, knownTo(name.cache(), held.ballot()));
    }

    /** The version up to which deleted keys left no trace here; {@link Floor#NONE} at first. */
    public Version floor() {
        return records.floor();
    }

    /**
     * Everybody holds everything up to a version: the tombstones up to it go.
     *
     * @return false if the floor is there or higher already
     */
    public boolean raiseFloor(Version version) {
        return records.raiseFloor(version);
    }

    /** The lowest version of the tombstones whose mutations may be asked for again; null if there is none. */
    public @Nullable Version lowestRemembered() {
        return tokens.lowestOf(records::tombstone);
    }

    /** Applies a clear. */
    public ApplyResult clear(long ballot, ClearMark mark) {
        if (!admit(ballot)) {
            return ApplyResult.FENCED;
        }
        CacheClears cache = clears.of(mark.cache());
        ClearMark before = cache.mark();
        if (before != null && !mark.replaces(before)) {
            boolean isOfLeader =
                    before.version().ballot() == ballot || before.origin().equals(mark.origin());
            return isOfLeader ? ApplyResult.SUPERSEDED : ApplyResult.DISPUTED;
        }
        replica(mark.cache()).drop(record -> mark.takes(record.version(), cache.knownTo(record.ballot())));
        cache.set(mark);
        clears.happened();
        tokens.cleared(mark, records::isHeld);
        return ApplyResult.INSTALLED;
    }

    /** The origin of the clear that the writer of a record held here knew, null if it knew none. */
    public @Nullable Version knownTo(int cache, long ballot) {
        return clears.knownTo(cache, ballot);
    }

    /** The writers who knew another clear of a cache than this replica does. */
    public List<ClearKnowledge> knowledge() {
        return clears.knowledge();
    }

    /** The highest clear of a cache, null if it was never cleared. */
    public @Nullable ClearMark clearOf(int cache) {
        return clears.markOf(cache);
    }

    /** The highest clear of each cache that was ever cleared, by cache id. */
    public List<ClearMark> clears() {
        return clears.marks();
    }

    /** Nothing is left of these caches but the floor. */
    public void forgetCaches(IntPredicate which) {
        records.forget(which);
        clears.forgetCaches(which);
        tokens.forgetCaches(which);
    }

    /** The record or tombstone of an entry with its lineage; null if there is neither. */
    public @Nullable RecordEntry entry(RecordKey name) {
        StoredRecord held = records.held(name);
        return held == null ? null : new RecordEntry(name, held, tokens.of(name), knownTo(name.cache(), held.ballot()));
    }

    /** What is held, as others are to see it. */
    public CopyContents contents() {
        return contents;
    }

    /** Forgets the tokens that are refused by now. */
    public void expireTokens() {
        if (tokens.expire(oldestTokenMillis())) {
            clears.forget(oldestTokenMillis());
        }
    }
}
