package dev.hypercache.transport.undertow;

import dev.hypercache.spi.NodeId;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a transport logs: connections that were refused or broke the protocol, never frames. Who floods a node with bad
 * connections does not flood its log: one line in {@value #LINES_EACH} after the first few.
 */
final class NodeJournal {

    private static final int LINES_FREE = 100;
    private static final int LINES_EACH = 100;

    private final NodeId node;
    private final AtomicLong lines = new AtomicLong();

    NodeJournal(NodeId node) {
        this.node = node;
    }

    private Logger logger() {
        return LoggerFactory.getLogger(UndertowTransports.class);
    }

    void refused(String peerAddress, String reason) {
        if (isWorthALine()) {
            logger().atWarn()
                    .addKeyValue("node", node.name())
                    .addKeyValue("operation", "accept")
                    .log("Refused a connection from {}: {}.", peerAddress, reason);
        }
    }

    void broken(String peerAddress, String breach) {
        if (isWorthALine()) {
            logger().atWarn()
                    .addKeyValue("node", node.name())
                    .addKeyValue("operation", "receive")
                    .log("Closed a connection with {}: {}.", peerAddress, breach);
        }
    }

    void overstayed() {
        logger().atWarn()
                .addKeyValue("node", node.name())
                .addKeyValue("operation", "close")
                .log("A listener did not return; its thread goes on after the transport was closed.");
    }

    private boolean isWorthALine() {
        long line = lines.incrementAndGet();
        return line <= LINES_FREE || line % LINES_EACH == 0;
    }
}
