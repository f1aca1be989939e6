package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.runtime.HeldKeys;
import dev.hypercache.runtime.call.FencingToken;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.Loaded;
import org.jspecify.annotations.Nullable;

/** A hold of a thread of this node on a key of the ring; for that thread alone. */
final class MemberHold implements Hold, HeldKeys.Held {

    private final HoldSession session;
    private final SlotCell cell;
    private final HeldKeys<MemberHold> held;
    private final boolean granted;
    private boolean ended;

    MemberHold(HoldSession session, SlotCell cell, HeldKeys<MemberHold> held) {
        this.session = session;
        this.cell = cell;
        this.held = held;
        this.granted = session.grant != null;
    }

    RecordKey name() {
        return session.wish().name();
    }

    @Override
    public boolean isGranted() {
        return granted;
    }

    /** What a request that relies on the hold says; null if it was not granted. */
    @Nullable
    HoldGrant grant() {
        return session.grant;
    }

    @Override
    public @Nullable FencingToken token() {
        HoldGrant known = session.grant;
        return known == null ? null : new FencingToken(known.ballot(), known.number());
    }

    @Override
    public boolean isIntact() {
        return session.state == HoldSession.State.GRANTED;
    }

    @Override
    public @Nullable Loaded served() {
        LoadResult loaded = session.loaded;
        return loaded == null ? null : LoadResults.read(loaded);
    }

    @Override
    public void release(@Nullable Loaded loaded) {
        if (ended) {
            return;
        }
        ended = true;
        held.remove(this);
        LoadResult shared = loaded == null ? null : LoadResults.of(loaded);
        cell.withHolds(holds -> holds.release(session, shared));
    }
}
