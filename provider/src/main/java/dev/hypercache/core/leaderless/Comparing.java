package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.Compare;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridKey;
import dev.hypercache.core.message.HybridPage;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.record.HybridVersion;
import java.util.List;
import java.util.Map;

/**
 * Asks the other holders what they hold, says what is held here, and marks what they lack.
 *
 * <p>A comparison pushes: nobody is asked for what he has and others have not. So who is asked and turns out to hold something
 * else compares as well.
 */
final class Comparing {

    private static final long ASK_MILLIS = 400;

    /** So long after a comparison nobody is compared again only because he asked. */
    private static final long BACK_MILLIS = 3_000;

    private final LeaderlessContext context;
    private final Spread spread;
    private boolean wanted;

    Comparing(LeaderlessContext context, Spread spread) {
        this.context = context;
        this.spread = spread;
    }

    /** Compares with a peer once more, because something says that the two differ. */
    void compare(int member) {
        Peer peer = spread.peer(member);
        if (peer != null) {
            wanted = true;
            if (peer.isCompared()) {
                peer.compareAnew();
            }
        }
    }

    /** Whether somebody wants a comparison that is not over: so far nothing may ever have been held here. */
    boolean isWanted() {
        wanted = wanted && !spread.peers().stream().allMatch(Peer::isCompared);
        return wanted;
    }

    /** Compares with all peers once more; their answers tell their clocks, too. */
    void compareAll() {
        spread.peers().forEach(peer -> compare(peer.id()));
    }

    /** Part of what a peer holds. */
    void on(int from, HybridPage page) {
        Peer peer = spread.heard(from, page.holder());
        if (peer == null) {
            return;
        }
        peer.isComplete(page.complete());
        if (!peer.isWaitingFor(page)) {
            return;
        }
        Map<RecordKey, HybridVersion> theirs = page.pages() == 0 ? null : peer.take(page);
        if (theirs == null && page.pages() > 0) {
            return;
        }
        context.copy().clears().forEach((cache, version) -> peer.clears().add(cache, version, DirtySet.NEVER, true));
        if (theirs != null) {
            markWhatIsMissing(peer, theirs);
        }
        peer.compared(context.nowMillis());
    }

    private void markWhatIsMissing(Peer peer, Map<RecordKey, HybridVersion> theirs) {
        for (HybridKey held : context.copy().versions()) {
            HybridVersion known = theirs.get(held.name());
            if (known == null || known.compareTo(held.version()) < 0) {
                peer.records().found(held.name(), held.version(), context.nowMillis());
            }
        }
    }

    /** Another holder asks what is held here. */
    void on(int from, Compare compare) {
        HolderHead head = compare.holder();
        if (head.epoch() != context.configuration().epoch()) {
            return;
        }
        LeaderlessCopy copy = context.copy();
        if (compare.sum() == copy.sum() && compare.mix() == copy.mix()) {
            context.send(from, page(compare.attempt(), 0, 0, List.of()));
            return;
        }
        Peer peer = spread.peer(from);
        if (peer != null && peer.isComparedFor(BACK_MILLIS, context.nowMillis())) {
            peer.compareAnew();
        }
        List<HybridKey> versions = copy.versions();
        int most = VersionPage.VERSIONS_MAX;
        int pages = Math.max(1, (versions.size() + most - 1) / most);
        for (int page = 0; page < pages; page++) {
            int to = Math.min(versions.size(), (page + 1) * most);
            context.send(from, page(compare.attempt(), page, pages, List.copyOf(versions.subList(page * most, to))));
        }
    }

    private HybridPage page(int attempt, int page, int pages, List<HybridKey> versions) {
        boolean isComplete = context.copy().isComplete();
        return new HybridPage(context.slot(), context.own(), attempt, page, pages, isComplete, versions);
    }

    /** Asks whom it is time to ask. */
    void tick() {
        long now = context.nowMillis();
        for (Peer peer : spread.peers()) {
            long patience = context.isSuspected(peer.id()) ? 4 * ASK_MILLIS : ASK_MILLIS;
            if (peer.isToBeAsked(now, patience)) {
                ask(peer, now);
            }
        }
    }

    private void ask(Peer peer, long now) {
        int attempt = peer.asked(now);
        LeaderlessCopy copy = context.copy();
        context.send(peer.id(), new Compare(context.slot(), context.to(peer.copy()), attempt, copy.sum(), copy.mix()));
    }
}
