package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.transport.local.LocalNetwork;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

/** A ring whose nodes exchange their messages over real sockets. */
final class RingOverTcpTest {

    private static final int KEYS = 500;

    @Test
    void whatOneNodeWritesTheOthersRead() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "64");
        try (LocalRing ring = LocalRing.of(3, properties, new LocalNetwork(), new TcpTransports())) {
            Cache<String, byte[]> written =
                    ring.manager(0).createCache("books", new MutableConfiguration<String, byte[]>());
            IntStream.range(0, KEYS).forEach(key -> written.put("key " + key, new byte[key * 200]));

            for (int node = 1; node < 3; node++) {
                Cache<String, byte[]> read =
                        ring.manager(node).createCache("books", new MutableConfiguration<String, byte[]>());
                for (int key = 0; key < KEYS; key++) {
                    assertThat(read.get("key " + key)).hasSize(key * 200);
                }
            }
        }
    }
}
