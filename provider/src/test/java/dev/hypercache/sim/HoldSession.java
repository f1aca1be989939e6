package dev.hypercache.sim;

import dev.hypercache.core.coordinate.Routing;
import dev.hypercache.core.message.AskHold;
import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReleaseHold;
import dev.hypercache.core.message.RenewHold;
import dev.hypercache.core.op.HoldKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client's side of a hold: it asks until it is answered, renews, and follows the slot's leader. */
final class HoldSession {

    /** Learns how the wait for the hold ended; one method is called, once. */
    interface Waiter {
        void granted();

        void served(Object loaded);

        void refused();
    }

    private static final long REPEAT_MILLIS = 250;

    private final SimNode node;
    private final long id;
    private final int slot;
    private final RecordKey name;
    private final HoldKind kind;
    private final Waiter waiter;
    private final long endsAtMillis;
    private long heldSince;
    private @Nullable HoldGrant grant;
    private boolean told;
    private boolean ended;
    private long askedAtMillis;
    private int target;

    HoldSession(SimNode node, long id, int slot, RecordKey name, HoldKind kind, long endsAtMillis, Waiter waiter) {
        this.node = node;
        this.id = id;
        this.slot = slot;
        this.name = name;
        this.kind = kind;
        this.endsAtMillis = endsAtMillis;
        this.waiter = waiter;
    }

    long id() {
        return id;
    }

    /** What a request that relies on the hold says. */
    HoldGrant grant() {
        return Objects.requireNonNull(grant, "grant");
    }

    void ask(long now) {
        askedAtMillis = now;
        Routing routing = node.routing();
        int leader = routing.leader(slot);
        target = leader == Rejected.NOBODY
                ? routing.configuration(slot).targets().get(0)
                : leader;
        node.send(target, new AskHold(slot, id, node.id(), name, kind, heldSince, true, false));
    }

    void on(int from, HoldAnswer answer) {
        if (ended) {
            return;
        }
        switch (answer.state()) {
            case GRANTED:
                heldSince = answer.ballot();
                if (grant == null) {
                    grant = new HoldGrant(id, answer.ballot(), answer.grant());
                }
                tell(waiter::granted);
                break;
            case SERVED:
                ended = true;
                LoadResult result = answer.loaded();
                Object loaded = result == null ? null : result.value();
                tell(loaded == null ? waiter::refused : () -> waiter.served(loaded));
                break;
            case NOT_LEADER:
                if (answer.leader() != Rejected.NOBODY) {
                    node.routing().heardOfLeader(slot, answer.leader());
                }
                break;
            case WAITING:
                break;
            default:
                if (!told) {
                    ended = true;
                    tell(waiter::refused);
                }
        }
    }

    private void tell(Runnable news) {
        if (!told) {
            told = true;
            news.run();
        }
    }

    void tick(long now) {
        if (ended) {
            node.forget(this);
        } else if (now >= endsAtMillis) {
            boolean waited = !told;
            release(null);
            if (waited) {
                tell(waiter::refused);
            }
        } else if (now - askedAtMillis >= REPEAT_MILLIS) {
            if (heldSince != 0 && node.routing().leader(slot) == target) {
                askedAtMillis = now;
                node.send(target, new RenewHold(slot, id, node.id(), name));
            } else {
                ask(now);
            }
        }
    }

    boolean isWaiting() {
        return !told;
    }

    /** Its node died. */
    void abandon() {
        ended = true;
        tell(waiter::refused);
    }

    void release(@Nullable Object loaded) {
        if (!ended) {
            ended = true;
            node.send(
                    target,
                    new ReleaseHold(
                            slot,
                            id,
                            node.id(),
                            name,
                            loaded == null ? null : new LoadResult(LoadResult.State.LOADED, loaded)));
        }
    }
}
