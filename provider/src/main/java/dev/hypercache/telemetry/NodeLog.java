package dev.hypercache.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Log lines that say where they come from: each carries the node, the operation and, where there is one, the cache as
 * key-value pairs of slf4j.
 *
 * <p>Immutable and thread-safe. slf4j is loaded with the first line. Keys of entries and values are never logged above
 * DEBUG: they are the application's data.
 */
public final class NodeLog {
    private final Class<?> owner;
    private final String node;
    private final @Nullable String cache;

    private NodeLog(Class<?> owner, String node, @Nullable String cache) {
        this.owner = owner;
        this.node = node;
        this.cache = cache;
    }

    /**
     * The log of a class on a node.
     *
     * @param owner the class that logs; its name is the logger's
     * @param node the node's name
     */
    public static NodeLog of(Class<?> owner, String node) {
        return new NodeLog(owner, node, null);
    }

    /** The same log for what concerns one cache. */
    public NodeLog forCache(String cacheName) {
        return new NodeLog(owner, node, cacheName);
    }

    /** A line that needs an operator; finish it with {@code log(message)}. */
    public LoggingEventBuilder error(String operation) {
        return tag(logger().atError(), operation);
    }

    public LoggingEventBuilder warn(String operation) {
        return tag(logger().atWarn(), operation);
    }

    /** A change of a node's or cache's state. */
    public LoggingEventBuilder info(String operation) {
        return tag(logger().atInfo(), operation);
    }

    public LoggingEventBuilder debug(String operation) {
        return tag(logger().atDebug(), operation);
    }

    private LoggingEventBuilder tag(LoggingEventBuilder line, String operation) {
        LoggingEventBuilder tagged = line.addKeyValue("node", node).addKeyValue("operation", operation);
        return cache == null ? tagged : tagged.addKeyValue("cache", cache);
    }

    private Logger logger() {
        return LoggerFactory.getLogger(owner);
    }
}
