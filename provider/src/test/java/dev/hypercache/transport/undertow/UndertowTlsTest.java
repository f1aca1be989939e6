package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportContract;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of transports, where both ends have certificates. */
final class UndertowTlsTest extends TransportContract {

    @TempDir
    private Path directory;

    private Killable transports;

    @BeforeEach
    void issue() {
        TestAuthority authority = TestAuthority.in(directory);
        transports = new Killable(TestSettings.defaults().secured(authority::security));
    }

    @Override
    protected Transport create(TransportOptions options) {
        return transports.create(options);
    }

    @Override
    protected Address bind() {
        return new Address("127.0.0.1", 0);
    }

    @Override
    protected void kill(NodeId node) {
        transports.kill(node);
    }
}
