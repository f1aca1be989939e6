package dev.hypercache.cluster;

import java.util.function.Consumer;

/**
 * A ring of three nodes and what may happen to them: processes, or nodes within the JVM. Nodes are numbered from 0. Its settings
 * leave hints as the only way by which a node gets what it missed.
 */
interface TestRing extends AutoCloseable {

    /** Does something at a node ({@link NodeCalls}) and returns what came of it. */
    String ask(int node, String... words);

    /** Ends a node as {@code kill -9} does. */
    void kill(int node) throws Exception;

    /** A node stands still, or nobody hears it any more. */
    void pause(int node) throws Exception;

    /** It goes on. */
    void resume(int node) throws Exception;

    @Override
    void close();

    /**
     * The kind that a run is told to use by {@code -Dtest.cluster.ring}: {@code processes}, or {@code local}.
     *
     * @param events is told what the nodes' threads report, each line by itself, on any thread
     */
    static TestRing start(Consumer<String> events) throws Exception {
        return "local".equals(System.getProperty("test.cluster.ring"))
                ? new LocalTestRing(events)
                : new ProcessRing(events);
    }

    /** One whose threads nobody listens to. */
    static TestRing start() throws Exception {
        return start(event -> {});
    }
}
