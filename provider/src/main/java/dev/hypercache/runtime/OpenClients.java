package dev.hypercache.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The clients of one node. Bounded by the caches that are open. */
final class OpenClients {

    private final List<LocalClient> clients = new CopyOnWriteArrayList<>();

    void add(LocalClient client) {
        clients.add(client);
    }

    void remove(LocalClient client) {
        clients.remove(client);
    }

    /** Whether a thread holds any key of any cache. Looks into every slot: for a thread that is about to wait anyway. */
    boolean isHolding(Thread owner) {
        for (LocalClient client : clients) {
            if (client.isHolding(owner)) {
                return true;
            }
        }
        return false;
    }
}
