package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keys that were taken from their holders under this leader, for which a version has to be written: a later leader would else
 * believe a holder that comes back without having heard of the loss ({@link EarlierHolds}).
 *
 * <p>Bounded by the claims of {@link HoldDesk}, which grants no hold beyond. Confined to its slot.
 */
final class LostHolds {

    private Set<RecordKey> names = Set.of();

    void add(RecordKey name) {
        names = names.isEmpty() ? new LinkedHashSet<>() : names;
        names.add(name);
    }

    /** Whether a version has yet to be written for the key. */
    boolean contains(RecordKey name) {
        return names.contains(name);
    }

    /** Whether a version has to be written for the key, which the caller does now. */
    boolean take(RecordKey name) {
        return !names.isEmpty() && names.remove(name);
    }

    /** Has versions written for keys. */
    void take(Predicate<RecordKey> which, Consumer<RecordKey> write) {
        if (names.isEmpty()) {
            return;
        }
        Set<RecordKey> left = new LinkedHashSet<>();
        Set<RecordKey> taken = names;
        names = left;
        for (RecordKey name : taken) {
            if (which.test(name)) {
                write.accept(name);
            } else {
                left.add(name);
            }
        }
    }

    int size() {
        return names.size();
    }

    boolean isEmpty() {
        return names.isEmpty();
    }
}
