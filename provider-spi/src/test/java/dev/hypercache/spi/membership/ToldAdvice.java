package dev.hypercache.spi.membership;

import dev.hypercache.spi.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it was told and whether two calls ever overlapped. */
public final class ToldAdvice implements MembershipListener {

    private final List<MemberAdvice> told = new ArrayList<>();
    private final AtomicInteger callsAtOnce = new AtomicInteger();
    private volatile boolean overlapped;

    @Override
    public void onAdvice(MemberAdvice advice) {
        overlapped |= callsAtOnce.incrementAndGet() > 1;
        synchronized (told) {
            told.add(advice);
        }
        callsAtOnce.decrementAndGet();
    }

    /** All that was told, in its order. */
    public List<MemberAdvice> all() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** What was told of one member. */
    public List<MemberAdvice> of(Peer member) {
        return all().stream()
                .filter(advice -> advice.member().equals(member.id()))
                .toList();
    }

    /** What was told of one member last; fails if it was nothing. */
    public MemberAdvice lastOf(Peer member) {
        List<MemberAdvice> advice = of(member);
        if (advice.isEmpty()) {
            throw new AssertionError("nothing was told of " + member + ", only " + all());
        }
        return advice.get(advice.size() - 1);
    }

    /** Forgets what was told so far. */
    public void forget() {
        synchronized (told) {
            told.clear();
        }
    }

    boolean isOverlapped() {
        return overlapped;
    }
}
