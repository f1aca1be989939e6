package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import io.microraft.RaftEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A node as the engine knows it: by its id, which no other life of a node ever gets. */
record EngineEndpoint(NodeId node) implements RaftEndpoint {

    @Override
    public Object getId() {
        return node;
    }

    static NodeId nodeOf(RaftEndpoint endpoint) {
        return ((EngineEndpoint) endpoint).node;
    }

    static List<RaftEndpoint> all(Collection<NodeId> nodes) {
        List<RaftEndpoint> endpoints = new ArrayList<>(nodes.size());
        nodes.forEach(node -> endpoints.add(new EngineEndpoint(node)));
        return endpoints;
    }

    static List<NodeId> nodes(Collection<? extends RaftEndpoint> endpoints) {
        List<NodeId> nodes = new ArrayList<>(endpoints.size());
        endpoints.forEach(endpoint -> nodes.add(nodeOf(endpoint)));
        return nodes;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
