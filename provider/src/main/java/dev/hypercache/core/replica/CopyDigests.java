package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a copy tells those who read past the leader, in short. It changes nothing, and must not be counted in a switch. */
public final class CopyDigests {

    private CopyDigests() {}

    /**
     * What a reader's own copy holds of a key.
     *
     * @param live the entry, null if there is none
     */
    public record Held(CopyDigest digest, @Nullable StoredRecord live) {}

    /**
     * What a copy holds of a key.
     *
     * @param self whose copy it is
     * @param wallMillis the reader's wall clock
     * @return null if only the leader can answer: the copy counts for no majority, for it is no voter's or its slot is in a switch,
     *     or what it holds is over by any clock that is known here
     */
    public static @Nullable Held of(SlotState copy, int self, RecordKey name, long wallMillis) {
        SlotConfiguration configuration = copy.configuration();
        if (configuration.isSwitching() || !configuration.voters().contains(self)) {
            return null;
        }
        StoredRecord held = copy.replica(name.cache()).held(name.key());
        StoredRecord live = held == null || held.isTombstone() ? null : held;
        if (live != null && live.isExpiredAt(Math.max(copy.slotTimeMillis(), wallMillis))) {
            return null;
        }
        Version version = held == null ? null : held.version();
        Version cleared = rankOfClear(copy, name.cache());
        return new Held(new CopyDigest(copy.slot(), configuration.epoch(), name, version, cleared), live);
    }

    /**
     * Whether a copy, another voter's, holds what a digest says, and by its slot time that is not over: only the leader can make an
     * end of life last.
     */
    public static boolean isHeld(SlotState copy, CopyDigest digest) {
        SlotConfiguration configuration = copy.configuration();
        if (configuration.epoch() != digest.epoch() || configuration.isSwitching()) {
            return false; // A copy follows no leader of an epoch that it has not entered.
        }
        int cache = digest.name().cache();
        StoredRecord held = copy.replica(cache).held(digest.name().key());
        Version version = held == null ? null : held.version();
        return Objects.equals(version, digest.held())
                && Objects.equals(rankOfClear(copy, cache), digest.cleared())
                && (held == null || held.isTombstone() || !held.isExpiredAt(copy.slotTimeMillis()));
    }

    private static @Nullable Version rankOfClear(SlotState copy, int cache) {
        ClearMark mark = copy.clearOf(cache);
        return mark == null ? null : mark.version();
    }
}
