package dev.hypercache.bootstrap;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;

/**
 * A member of a ring in a process of its own, beside the applications: {@code java -Dhypercache.bind=127.0.0.1:7401
 * -Dhypercache.seeds=127.0.0.1:7401,127.0.0.1:7402,127.0.0.1:7403 -jar hypercache-node-standalone.jar}.
 *
 * <p>Takes its settings as a manager does, from the environment, system properties and {@code hypercache.config}. Says
 * {@value #READY} on its standard output when it takes part, leaves the ring when it is told to end (SIGTERM), and ends with
 * {@value #EXIT_CONFIGURATION} if its configuration is wrong, with {@value #EXIT_REFUSED} if it cannot be in the ring. Callers
 * over HTTP find every cache that an application has created on the ring.
 */
public final class StandaloneNode {

    /** What it says once it takes part. */
    public static final String READY = "HyperCache node is ready";

    static final int EXIT_REFUSED = 1;
    static final int EXIT_CONFIGURATION = 2;

    /** As long as a year: whoever starts processes by hand takes his time. */
    private static final long PATIENCE_MILLIS = 365L * 24 * 3_600_000;

    private StandaloneNode() {}

    /** Runs a node until the process is told to end. */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try {
            Settings settings = Settings.load(
                            ManagerUri.of(null), null, Sources.ofJvm(StandaloneNode.class.getClassLoader()))
                    .requireMember();
            if (settings.embedded()) {
                throw settings.problem(
                        Setting.BIND,
                        "a node of its own needs an address to listen at",
                        "Set it, as in -Dhypercache.bind=127.0.0.1:7401, and hypercache.seeds to the addresses of all nodes.");
            }
            NodeMetrics metrics = NodeMetrics.create(settings);
            SocketNode node = SocketNode.start(settings, metrics, PATIENCE_MILLIS, new Abandonment());
            RingCaches caches = new RingCaches(node.node());
            node.serve(caches);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                caches.close();
                                node.close();
                                metrics.close();
                                ended.countDown();
                            },
                            "hypercache-leave"));
            System.out.println(READY);
        } catch (ConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_CONFIGURATION);
        } catch (CacheException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_REFUSED);
        }
        ended.await();
    }
}
