package dev.hypercache.core.lead;

import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.HoldKind;
import org.jspecify.annotations.Nullable;

/** One client's hold on a key, or its wait for one, as the leader knows it. Confined to its slot. */
final class HoldClaim implements HoldTicket.Waiter {

    /** Whose claim it is: at one leader no two have the same. */
    record Id(long client, long hold) {}

    /** Learns what becomes of claims. */
    interface Desk {
        /** It is granted or served. */
        void proceeds(HoldClaim claim);

        /** It held its key, and was broken. */
        void broken(HoldClaim claim);
    }

    private final Id id;
    private final int caller;
    private final RecordKey name;
    private final HoldTicket ticket;
    private final Desk desk;
    /** The mutation that waits, null if it is the claim of a client. */
    private final @Nullable Execute queued;
    /** The ballot of the leader that granted it before this one; 0 if none did. */
    private final long heldSince;

    private long grant;
    long renewedAtMillis;
    long endsAtMillis = Long.MAX_VALUE;
    /** Whether its client stored something under it. */
    boolean stored;

    /** A client's claim. */
    HoldClaim(Id id, int caller, RecordKey name, HoldKind kind, long heldSince, Desk desk) {
        this.id = id;
        this.caller = caller;
        this.name = name;
        this.heldSince = heldSince;
        this.desk = desk;
        this.queued = null;
        this.ticket = new HoldTicket(name.key(), kind, id, this);
    }

    /** That of a mutation which waits until its key is free. */
    HoldClaim(Id id, int caller, Execute queued, Desk desk) {
        this.id = id;
        this.caller = caller;
        this.name = new RecordKey(queued.cache(), queued.op().key());
        this.heldSince = 0;
        this.desk = desk;
        this.queued = queued;
        this.ticket = new HoldTicket(name.key(), HoldKind.EXCLUSIVE, id, this);
    }

    Id id() {
        return id;
    }

    int caller() {
        return caller;
    }

    RecordKey name() {
        return name;
    }

    HoldTicket ticket() {
        return ticket;
    }

    @Nullable
    Execute queued() {
        return queued;
    }

    boolean isGranted() {
        return ticket.state() == HoldTicket.State.GRANTED;
    }

    /** Whether the leader before this one granted it and its client came back in time: no other one is let in that was granted before. */
    boolean isEarlier() {
        return heldSince != 0;
    }

    /** The number of the grant. */
    long grant() {
        return grant;
    }

    /** It has been granted, by this number. */
    void grantedBy(long number) {
        grant = number;
    }

    @Override
    public void proceed() {
        desk.proceeds(this);
    }

    @Override
    public void broken() {
        desk.broken(this);
    }
}
