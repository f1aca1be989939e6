package dev.hypercache.conformance;

import dev.hypercache.bootstrap.NodeAssembler;
import dev.hypercache.cluster.FreeAddresses;
import dev.hypercache.cluster.RingSecurity;
import dev.hypercache.cluster.StandaloneProcess;
import dev.hypercache.jcache.HyperCachingProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;

/**
 * The processes that form a ring with this one, which becomes a member by its system properties alone. The ring lives as long
 * as this JVM, for members are fixed: a manager that no test sees keeps the node when the managers of a test are closed.
 */
final class Neighbours {

    private static final String SLOTS = "hypercache.ring.slots=64";
    /** The values of the tests. */
    private static final String ALLOWED = "hypercache.codec.java.allow=dev.hypercache.conformance.**";

    private static boolean started;

    private Neighbours() {}

    /** Starts the ring unless it is there. */
    static synchronized void start(int nodes) {
        if (started) {
            return;
        }
        started = true;
        try {
            List<String> seeds = FreeAddresses.of(nodes);
            RingSecurity security = RingSecurity.ofRun(nodes);
            File log = new File("target/neighbours.log");
            for (int node = 1; node < nodes; node++) {
                StandaloneProcess process = StandaloneProcess.ofClassPath(propertiesOf(node, seeds, security), log);
                Runtime.getRuntime().addShutdownHook(new Thread(process::close));
            }
            for (String property : propertiesOf(0, seeds, security)) {
                String[] words = property.split("=", 2);
                System.setProperty(words[0], words[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keepNode();
    }

    private static List<String> propertiesOf(int node, List<String> seeds, RingSecurity security) {
        List<String> properties = new ArrayList<>(security.settingsOf(node));
        properties.add(SLOTS);
        properties.add(ALLOWED);
        properties.add("hypercache.node.name=n" + (node + 1));
        properties.add("hypercache.bind=" + seeds.get(node));
        properties.add("hypercache.seeds=" + String.join(",", seeds));
        return properties;
    }

    /** The first cache starts the node, and waits for the others. Tests have another manager and do not see it. */
    private static void keepNode() {
        HyperCachingProvider provider = new HyperCachingProvider(new NodeAssembler());
        Cache<String, String> cache = provider.getCacheManager(URI.create("hypercache:neighbours"), null)
                .createCache("kept", new MutableConfiguration<>());
        cache.put("k", "v");
    }
}
