package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests that wait until the leader knows what is in the slot, or what the key has.
 *
 * <p>A clear waits for every key of its cache: it carries the mutations of the keys that go, so they must be known. Bounded
 * by {@link #PARKED_MAX}; one more is refused. Confined to its slot.
 */
final class Parking {

    /** The most requests that wait. */
    static final int PARKED_MAX = 10_000;

    private final LeaderContext context;
    private final Takeover takeover;
    private final Exit exit;
    private List<Parked> parked = List.of();

    /** Performs what need not wait any more. */
    interface Exit {
        void execute(int caller, Execute request);

        void clear(int caller, ExecuteClear request);

        void page(int caller, AskPage request);
    }

    private record Parked(int caller, Message request, RequestHead head) {}

    Parking(LeaderContext context, Takeover takeover, Exit exit) {
        this.context = context;
        this.takeover = takeover;
        this.exit = exit;
    }

    /** Whether the request has to wait, and now does or was refused. */
    boolean parks(int caller, Execute request) {
        return isInDoubt(request) && add(new Parked(caller, request, request.head()));
    }

    /** Whether the clear has to wait, and now does or was refused. */
    boolean parks(int caller, ExecuteClear request) {
        return takeover.isInDoubt(request.cache()) && add(new Parked(caller, request, request.head()));
    }

    /** Whether the question for keys has to wait, and now does or was refused. */
    boolean parks(int caller, AskPage request) {
        return takeover.isInDoubt(request.cache()) && add(new Parked(caller, request, request.head()));
    }

    private boolean isInDoubt(Execute request) {
        return takeover.isInDoubt(new RecordKey(request.cache(), request.op().key()));
    }

    private boolean add(Parked one) {
        if (parked.size() >= PARKED_MAX) {
            context.reject(one.caller, one.head, Rejected.Reason.OVERLOADED);
        } else {
            parked = parked.isEmpty() ? new ArrayList<>() : parked;
            parked.add(one);
        }
        return true;
    }

    /** Lets go what need not wait any more, in the order of arrival. */
    void release() {
        if (parked.isEmpty() || !takeover.isDecided()) {
            return;
        }
        List<Parked> waiting = parked;
        parked = List.of();
        for (Parked one : waiting) {
            if (one.request instanceof Execute execute && !parks(one.caller, execute)) {
                exit.execute(one.caller, execute);
            } else if (one.request instanceof ExecuteClear clear && !parks(one.caller, clear)) {
                exit.clear(one.caller, clear);
            } else if (one.request instanceof AskPage ask && !parks(one.caller, ask)) {
                exit.page(one.caller, ask);
            }
        }
    }

    boolean isEmpty() {
        return parked.isEmpty();
    }

    int size() {
        return parked.size();
    }

    /** The leader is no more. Nothing that waits here was evaluated. */
    void end(int leader) {
        parked.forEach(one -> context.rejectFor(one.caller, one.head, Rejected.Reason.NOT_LEADER, leader));
        parked = List.of();
    }
}
