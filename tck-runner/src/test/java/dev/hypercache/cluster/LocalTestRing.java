package dev.hypercache.cluster;

import dev.hypercache.bootstrap.LocalRing;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/** Nodes within the JVM, on the local transport; one that is paused is cut off. */
final class LocalTestRing implements TestRing {

    private final LocalNetwork network = new LocalNetwork();
    private final Faults faults = Faults.of(FaultPlan.seeded(7).build());
    private final LocalRing ring;
    private final List<NodeCalls> calls = new ArrayList<>();

    /** @param events is told what the nodes' threads report */
    LocalTestRing(Consumer<String> events) {
        Properties properties = new Properties();
        ProcessRing.SETTINGS.forEach(properties::setProperty);
        ring = LocalRing.of(3, properties, network, faults.around(network));
        for (int node = 0; node < 3; node++) {
            calls.add(new NodeCalls(ring.manager(node), events));
        }
    }

    @Override
    public String ask(int node, String... words) {
        return calls.get(node).answer(words);
    }

    @Override
    public void kill(int node) {
        ring.kill(node);
        calls.get(node).close();
    }

    @Override
    public void pause(int node) {
        faults.isolate("n" + (node + 1));
    }

    @Override
    public void resume(int node) {
        faults.heal();
    }

    @Override
    public void close() {
        calls.forEach(NodeCalls::close);
        ring.close();
    }
}
