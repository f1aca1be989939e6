package dev.hypercache.cluster;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Three processes that form a ring over sockets. */
final class ProcessRing implements TestRing {

    /** Of nodes of every kind of test ring. */
    static final Map<String, String> SETTINGS = Map.of(
            "hypercache.ring.slots",
            "64",
            "hypercache.repair.enabled",
            "off",
            "hypercache.read-repair.enabled",
            "off",
            "hypercache.cache." + MixCaches.LOOSE + ".consistency.write",
            "ONE");

    private final List<NodeProcess> nodes = new ArrayList<>();

    /** @param events is told what the nodes' threads report */
    ProcessRing(Consumer<String> events) throws IOException {
        List<String> seeds = FreeAddresses.of(3);
        File log = new File("target/cluster.log");
        for (int node = 0; node < 3; node++) {
            List<String> properties = new ArrayList<>();
            SETTINGS.forEach((name, value) -> properties.add(name + "=" + value));
            properties.add("hypercache.node.name=n" + (node + 1));
            properties.add("hypercache.bind=" + seeds.get(node));
            properties.add("hypercache.seeds=" + String.join(",", seeds));
            nodes.add(new NodeProcess(properties, log, events));
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    @Override
    public String ask(int node, String... words) {
        return nodes.get(node).ask(String.join(" ", words));
    }

    @Override
    public void kill(int node) throws InterruptedException {
        nodes.get(node).kill();
    }

    @Override
    public void pause(int node) throws IOException, InterruptedException {
        nodes.get(node).stop();
    }

    @Override
    public void resume(int node) throws IOException, InterruptedException {
        nodes.get(node).resume();
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}
