package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The members of rings in this JVM, by the address that they bind: managers that ask for the same one share it, and the last
 * one that closes ends it. Its settings are those of the first.
 */
final class SharedNodes {

    /** A manager's first cache waits so long for the ring to form. */
    private static final long PATIENCE_MILLIS = 120_000;

    private static final SharedNodes OF_JVM = new SharedNodes();

    private final Map<String, Shared> nodes = new HashMap<>();

    private static final class Shared {
        final MemberNode node;
        int users;

        Shared(MemberNode node) {
            this.node = node;
        }
    }

    private SharedNodes() {}

    /** The node that the settings ask for; started if this is the first to ask. */
    static RingNode open(Settings settings, NodeMetrics metrics) {
        return OF_JVM.use(String.valueOf(settings.address(Setting.BIND)), settings, metrics);
    }

    private synchronized RingNode use(String bind, Settings settings, NodeMetrics metrics) {
        Shared shared = nodes.get(bind);
        if (shared == null) {
            shared = new Shared(SocketNode.start(settings, metrics, PATIENCE_MILLIS));
            nodes.put(bind, shared);
        }
        shared.users++;
        return new Use(this, bind, shared.node);
    }

    private void release(String bind) {
        MemberNode ended = null;
        synchronized (this) {
            Shared shared = nodes.get(bind);
            if (shared != null && --shared.users == 0) {
                nodes.remove(bind);
                ended = shared.node;
            }
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** One manager's use of a node. */
    private static final class Use implements RingNode {
        private final SharedNodes nodes;
        private final String bind;
        private final MemberNode node;
        private final AtomicBoolean closed = new AtomicBoolean();

        Use(SharedNodes nodes, String bind, MemberNode node) {
            this.nodes = nodes;
            this.bind = bind;
            this.node = node;
        }

        @Override
        public int ringId(String cacheName, boolean ordered) {
            return node.ringId(cacheName, ordered);
        }

        @Override
        public RingClient openCache(CacheSpec spec) {
            return node.openCache(spec);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                nodes.release(bind);
            }
        }
    }
}
