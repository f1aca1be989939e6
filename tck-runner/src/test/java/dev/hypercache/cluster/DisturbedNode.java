package dev.hypercache.cluster;

import dev.hypercache.bootstrap.NodeAssembler;
import dev.hypercache.bootstrap.StandaloneNode;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.concurrent.CountDownLatch;

/** A member in a process of its own whose frames meet {@link FrameFaults}; SIGTERM ends it. */
final class DisturbedNode {

    private DisturbedNode() {}

    public static void main(String[] args) throws InterruptedException {
        Settings settings =
                Settings.load(ManagerUri.of(null), null, Sources.ofJvm(DisturbedNode.class.getClassLoader()));
        RingNode node = new NodeAssembler(FrameFaults.ofRun()::around)
                .create(settings, NodeMetrics.create(settings), new Abandonment());
        System.out.println(StandaloneNode.READY);
        new CountDownLatch(1).await();
        node.close();
    }
}
