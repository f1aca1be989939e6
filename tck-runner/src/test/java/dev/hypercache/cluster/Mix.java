package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** The clients of the nodes: {@link MixClient}. */
final class Mix {

    static final int CLIENTS_OF_NODE = 3;
    static final int CLIENTS = 3 * CLIENTS_OF_NODE;

    private Mix() {}

    /**
     * Starts those of a node, which is one of three and numbered from 0.
     *
     * @param seed of what they choose
     */
    static Load start(int node, long seed, MixCaches caches, Consumer<String> events) {
        List<Function<BooleanSupplier, Runnable>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS_OF_NODE; i++) {
            int number = node * CLIENTS_OF_NODE + i;
            clients.add(enough -> new MixClient(number, seed, caches, enough, events));
        }
        return Load.start(clients, events);
    }
}
