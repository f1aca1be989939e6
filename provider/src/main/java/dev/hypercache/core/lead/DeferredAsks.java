package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskHold;
import java.util.ArrayList;
import java.util.List;

/** Requests for holds that came while only former holders are served. Bounded. Confined to its slot. */
final class DeferredAsks {

    /** Deals with one that need not wait any more. */
    interface Taker {
        void take(int caller, AskHold ask);
    }

    private record Deferred(int caller, AskHold ask) {}

    private final int most;
    private List<Deferred> deferred = new ArrayList<>();

    DeferredAsks(int most) {
        this.most = most;
    }

    /** Lets one wait; false if too many do. */
    boolean add(int caller, AskHold ask) {
        if (deferred.size() >= most) {
            return false;
        }
        deferred.add(new Deferred(caller, ask));
        return true;
    }

    void takeAll(Taker taker) {
        List<Deferred> taken = deferred;
        deferred = new ArrayList<>();
        taken.forEach(one -> taker.take(one.caller, one.ask));
    }

    boolean isEmpty() {
        return deferred.isEmpty();
    }
}
