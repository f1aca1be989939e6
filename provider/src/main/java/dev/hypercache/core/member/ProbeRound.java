package dev.hypercache.core.member;

import java.util.BitSet;
import java.util.List;

/** One member being probed: first directly, then by way of others, too. */
final class ProbeRound {

    private final long number;
    private final int member;
    private final long sentMillis;
    private final BitSet helpers = new BitSet();
    private final BitSet missed = new BitSet();
    private long dueMillis;
    private long askedMillis;
    private boolean asksOthers;

    ProbeRound(long number, int member, long now, long timeoutMillis) {
        this.number = number;
        this.member = member;
        this.sentMillis = now;
        this.dueMillis = now + timeoutMillis;
        this.askedMillis = now;
    }

    long number() {
        return number;
    }

    int member() {
        return member;
    }

    long sentMillis() {
        return sentMillis;
    }

    boolean isDue(long now) {
        return now >= dueMillis;
    }

    void postpone(long millis) {
        dueMillis += millis;
    }

    /** Whether the member was asked so long ago; if so, it is being asked now. */
    boolean asksAgain(long pauseMillis, long now) {
        boolean isAgain = now - askedMillis >= pauseMillis;
        askedMillis = isAgain ? now : askedMillis;
        return isAgain;
    }

    /** Whether the member was silent once and others are asked. */
    boolean asksOthers() {
        return asksOthers;
    }

    void askOthers(List<Integer> others, long now, long timeoutMillis) {
        asksOthers = true;
        others.forEach(helpers::set);
        dueMillis = now + timeoutMillis;
    }

    boolean isHelper(int other) {
        return helpers.get(other);
    }

    /** A helper says that the member does not answer it either. */
    void missed(int helper) {
        if (helpers.get(helper)) {
            missed.set(helper);
        }
    }

    int helpers() {
        return helpers.cardinality();
    }

    /** How many helpers said nothing at all. */
    int silentHelpers() {
        return helpers.cardinality() - missed.cardinality();
    }
}
