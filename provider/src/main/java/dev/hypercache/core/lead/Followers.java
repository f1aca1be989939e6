package dev.hypercache.core.lead;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each follower of a leader is not known to hold. Confined to its slot. */
final class Followers {

    private final int self;
    private final HintLedger hints;
    /** By ascending member. */
    private List<Lagging> all = List.of();

    Followers(int self, HintLedger hints) {
        this.self = self;
        this.hints = hints;
    }

    /** Who gets accepts from now on; the leader itself is none of its followers. */
    void follow(MemberSet recipients) {
        List<Lagging> followed = new ArrayList<>();
        for (Lagging lag : all) {
            if (recipients.contains(lag.member())) {
                followed.add(lag);
            } else {
                lag.forget();
            }
        }
        for (int member : recipients.toArray()) {
            if (member != self && find(member) == null) {
                followed.add(new Lagging(member, hints));
            }
        }
        followed.sort(Comparator.comparingInt(Lagging::member));
        all = List.copyOf(followed);
    }

    private @Nullable Lagging find(int member) {
        for (Lagging lag : all) {
            if (lag.member() == member) {
                return lag;
            }
        }
        return null;
    }

    /** By ascending member. */
    List<Lagging> all() {
        return all;
    }

    /** What one member is not known to hold; nothing is kept for one that does not follow. */
    Lagging of(int member) {
        Lagging lag = find(member);
        return lag == null ? new Lagging(member, hints) : lag;
    }

    /** Those of whom names were forgotten since the last look, so that they must be compared as a whole. */
    List<Integer> takeOverflowed() {
        List<Integer> overflowed = List.of();
        for (Lagging lag : all) {
            if (lag.takeOverflow()) {
                overflowed = overflowed.isEmpty() ? new ArrayList<>() : overflowed;
                overflowed.add(lag.member());
            }
        }
        return overflowed;
    }

    /** Whether nobody lags behind. */
    boolean holdEverything() {
        for (Lagging lag : all) {
            if (!lag.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
