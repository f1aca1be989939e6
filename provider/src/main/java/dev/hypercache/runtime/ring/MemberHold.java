package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.runtime.HeldKeys;
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
    public boolean isIntact() {
        return session.state == HoldSession.State.GRANTED;
    }

    /** A value alone crosses the ring: of a load that brought nothing or failed each caller makes its own. */
    @Override
    public @Nullable Loaded served() {
        Object value = session.loaded;
        return value == null ? null : new Loaded(value, null);
    }

    @Override
    public void release(@Nullable Loaded loaded) {
        if (ended) {
            return;
        }
        ended = true;
        held.remove(this);
        Object value = loaded == null ? null : loaded.valueHandle();
        cell.withHolds(holds -> holds.release(session, value));
    }
}
