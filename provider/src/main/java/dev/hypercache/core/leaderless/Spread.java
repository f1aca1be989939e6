package dev.hypercache.core.leaderless;

import dev.hypercache.core.hint.Room;
import dev.hypercache.core.hint.SentBytes;
import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.Filled;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.message.StoreClear;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings what this replica holds to the other ones.
 *
 * <p>Each write is sent at once. What a peer has not confirmed becomes a hint ({@link Missing}).
 * What was held before is found by comparison: a peer is asked what it holds and gets what it lacks, once in each epoch and
 * for each copy that it begins. Nothing is ever asked back: who holds more says so by its own comparison.
 */
final class Spread {

    private static final long RESEND_MILLIS = 250;
    private static final long FILLED_MILLIS = 300;
    /** At most so many records are sent again to one peer at a time, and a quarter of it while it is suspected. */
    private static final int RESENT_MAX = 64;

    private final LeaderlessContext context;
    /** By ascending id. */
    private List<Peer> peers = List.of();

    private int epoch;

    Spread(LeaderlessContext context) {
        this.context = context;
        this.epoch = context.configuration().epoch();
        followHolders();
    }

    private void followHolders() {
        MemberSet holders = context.configuration().holders();
        List<Peer> followed = new ArrayList<>(peers);
        followed.removeIf(peer -> {
            boolean isGone = !holders.contains(peer.id());
            if (isGone) {
                peer.forget();
            }
            return isGone;
        });
        for (int member : holders.toArray()) {
            if (member != context.self() && peer(member) == null) {
                followed.add(new Peer(
                        member, context.limits().sentMax(), context.node().hints()));
            }
        }
        followed.sort(Comparator.comparingInt(Peer::id));
        peers = List.copyOf(followed);
    }

    void reconfigured() {
        followHolders();
        if (context.configuration().epoch() != epoch) {
            epoch = context.configuration().epoch();
            peers.forEach(Peer::compareAnew);
        }
    }

    List<Peer> peers() {
        return peers;
    }

    @Nullable
    Peer peer(int member) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).id() == member) {
                return peers.get(i);
            }
        }
        return null;
    }

    /** This replica performed a write: here it is for all others. */
    void record(RecordKey name, StoredRecord record) {
        for (Peer peer : peers) {
            if (peer.records().sent(name, record.hybridVersion(), sentAt(peer))) {
                store(peer, name, record);
            } else {
                overflow(peer);
            }
        }
    }

    /** A record got a lower version, which those who lack it are sent from now on. */
    void renamed(RecordKey name, HybridVersion version) {
        peers.forEach(peer -> peer.records().renamed(name, version));
    }

    /** A clear got a lower version. */
    void renamedClear(int cache, HybridVersion version) {
        peers.forEach(peer -> peer.clears().renamed(cache, version));
    }

    private long sentAt(Peer peer) {
        return peer.copy() == HolderHead.UNKNOWN ? DirtySet.NEVER : context.nowMillis();
    }

    private void overflow(Peer peer) {
        peer.overflow();
        context.happened(LeaderlessEvent.LEADERLESS_OVERFLOW_SYNC);
    }

    private void store(Peer peer, RecordKey name, StoredRecord record) {
        if (peer.copy() != HolderHead.UNKNOWN) {
            context.send(peer.id(), new Store(context.slot(), context.to(peer.copy()), name, record));
        }
    }

    /** This replica performed a clear: here it is for all others. */
    void clear(int cache, HybridVersion version) {
        for (Peer peer : peers) {
            if (peer.clears().add(cache, version, sentAt(peer), false)) {
                storeClear(peer, cache, version);
            } else {
                overflow(peer);
            }
        }
    }

    private void storeClear(Peer peer, int cache, HybridVersion version) {
        if (peer.copy() != HolderHead.UNKNOWN) {
            context.send(peer.id(), new StoreClear(context.slot(), context.to(peer.copy()), cache, version));
        }
    }

    /** A holder turned out to lack what is held here. */
    void missed(int member, RecordKey name, HybridVersion version) {
        Peer peer = peer(member);
        if (peer != null && !peer.records().sent(name, version, context.nowMillis())) {
            overflow(peer);
        }
    }

    /** A peer said what it did with a record; whether it counts. */
    boolean on(int from, Stored stored) {
        Peer peer = heard(from, stored.holder());
        if (peer == null) {
            return false;
        }
        if (stored.isFinal()) {
            peer.records().confirmed(stored.name(), stored.version());
        }
        return true;
    }

    void on(int from, ClearStored stored) {
        Peer peer = heard(from, stored.holder());
        if (peer != null && stored.verdict() == Stored.Verdict.INSTALLED) {
            peer.clears().confirmed(stored.cache(), stored.version());
        }
    }

    /** The peer if it speaks of this epoch and of its latest copy. */
    @Nullable
    Peer heard(int from, HolderHead answer) {
        Peer peer = peer(from);
        boolean counts = peer != null && answer.epoch() == epoch && peer.heardOf(answer.copy());
        return counts ? peer : null;
    }

    void tick() {
        long now = context.nowMillis();
        for (Peer peer : peers) {
            boolean isSuspected = context.isSuspected(peer.id());
            if (!peer.records().keep(now - RESEND_MILLIS, now)) {
                overflow(peer);
            }
            if (peer.copy() != HolderHead.UNKNOWN) {
                resend(peer, now, isSuspected ? RESENT_MAX / 4 : RESENT_MAX);
                resendClears(peer, now);
            }
            tellFilled(peer, now);
        }
    }

    /** With the copy goes the floor: below it the peer must have everything, also what was on its way before it was compared. */
    private void tellFilled(Peer peer, long now) {
        long floor = context.copy().floor();
        if (context.copy().isComplete()
                && peer.hasAllUpTo(HybridVersion.lastOf(floor))
                && peer.isToBeToldFilled(now, FILLED_MILLIS)) {
            context.send(peer.id(), new Filled(context.slot(), context.to(peer.copy()), floor, context.promised()));
        }
    }

    private void resend(Peer peer, long now, int most) {
        Room room = peer.isComplete()
                ? Room.FREE
                : (size, again) -> context.node().moves().take(size, again, now);
        for (RecordKey name : peer.records().drain(most, this::bytesOf, room, now)) {
            StoredRecord held = context.copy().held(name, context.timeMillis());
            if (held == null) {
                peer.records().superseded(name); // A clear took it, which is sent itself, or the floor passed it.
            } else {
                store(peer, name, held);
            }
        }
    }

    private long bytesOf(RecordKey name) {
        return SentBytes.of(name.key(), context.copy().held(name, context.timeMillis()));
    }

    private void resendClears(Peer peer, long now) {
        for (int sent = 0; sent < RESENT_MAX; sent++) {
            Integer cache = peer.clears().nextDue(now - RESEND_MILLIS, now);
            if (cache == null) {
                return;
            }
            storeClear(peer, cache, context.copy().clearOf(cache));
        }
    }

    /** This copy is given up. */
    void end() {
        peers.forEach(Peer::forget);
    }

    /** Whether every other holder has everything that is held here up to a version. */
    boolean isEverywhere(HybridVersion version) {
        for (Peer peer : peers) {
            if (!peer.hasAllUpTo(version)) {
                return false;
            }
        }
        return true;
    }

    /** How many records and clears other holders have not confirmed. */
    int pending() {
        int pending = 0;
        for (Peer peer : peers) {
            pending += peer.records().size() + peer.clears().size();
        }
        return pending;
    }

    /** Whether nothing is to be sent to or asked of a peer that can be reached. */
    boolean isIdle() {
        for (Peer peer : peers) {
            if (!context.isSuspected(peer.id()) && !(peer.hasAll() && peer.isComplete())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Spread" + peers;
    }
}
