package dev.hypercache.bootstrap;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.List;
import java.util.Properties;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** What bulk operations of a member cost. */
final class BulkRequestsTest extends BulkRules {

    private final LocalNetwork network = new LocalNetwork();
    private final RecordingTransports transports = new RecordingTransports(network);
    private final LocalRing ring = start();

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        return LocalRing.of(3, properties, network, transports);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    @Override
    CacheManager caller() {
        return ring.manager(0);
    }

    @Override
    CacheManager other() {
        return ring.manager(1);
    }

    @Override
    List<Sent> taken() {
        return transports.take().stream().filter(one -> one.from().equals("n1")).toList();
    }
}
