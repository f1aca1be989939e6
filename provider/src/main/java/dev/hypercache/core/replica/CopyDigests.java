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
     * What a copy holds of a key.
     *
     * @param self whose copy it is
     * @return null if the copy counts for no majority: it is no voter's, or its slot is in a switch
     */
    public static @Nullable CopyDigest of(SlotState copy, int self, RecordKey name) {
        SlotConfiguration configuration = copy.configuration();
        if (configuration.isSwitching() || !configuration.voters().contains(self)) {
            return null;
        }
        StoredRecord held = copy.replica(name.cache()).held(name.key());
        return new CopyDigest(
                copy.slot(),
                configuration.epoch(),
                name,
                held == null ? null : held.version(),
                rankOfClear(copy, name.cache()));
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
