package dev.hypercache.cluster;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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

    /** What processes write to their standard error. */
    static final File LOG = new File("target/cluster.log");

    private static final int NODES = 3;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> seeds = FreeAddresses.of(NODES);

    /**
     * Starts one with the security that the run is told to use.
     *
     * @param events is told what the nodes' threads report
     */
    ProcessRing(Consumer<String> events) throws IOException {
        this(RingSecurity.ofRun(NODES), LOG, events, (node, line) -> {});
    }

    /**
     * Starts it.
     *
     * @param security what is added to the settings of each node
     * @param log gets what the processes write to their standard error
     * @param events is told what the nodes' threads report
     * @param logLines is told what each node logs to its standard output
     */
    ProcessRing(RingSecurity security, File log, Consumer<String> events, BiConsumer<Integer, String> logLines)
            throws IOException {
        for (int i = 0; i < NODES; i++) {
            int node = i;
            List<String> properties = new ArrayList<>(security.settingsOf(node));
            SETTINGS.forEach((name, value) -> properties.add(name + "=" + value));
            properties.add("hypercache.node.name=n" + (node + 1));
            properties.add("hypercache.bind=" + seeds.get(node));
            properties.add("hypercache.seeds=" + String.join(",", seeds));
            nodes.add(new NodeProcess(properties, log, events, line -> logLines.accept(node, line)));
        }
        awaitReady();
    }

    private void awaitReady() {
        try {
            nodes.forEach(NodeProcess::awaitReady);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** Where a node listens, as {@code host:port}. */
    String address(int node) {
        return seeds.get(node);
    }

    /** The id of a node's process. */
    long pid(int node) {
        return nodes.get(node).pid();
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
