package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingDefinitions;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.RingOperations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.CacheException;

/**
 * The members of rings in this JVM, by the address that they bind: managers that ask for the same one share it, and the last
 * one that closes ends it. Its settings are those of the first.
 */
final class SharedNodes {

    /** A manager's first cache waits so long for the ring to form. */
    private static final long PATIENCE_MILLIS = 120_000;

    private static final SharedNodes OF_JVM = new SharedNodes();

    private final Map<String, Shared> nodes = new HashMap<>();
    private final ExitHook hook = new ExitHook(this::leaveAll);

    /** A node that was started, or is being started by the first of its users. */
    private static final class Shared {
        final CompletableFuture<SocketNode> node = new CompletableFuture<>();
        int users;
        volatile boolean abandoned;
    }

    private SharedNodes() {}

    /** The node that the settings ask for; started if this is the first to ask. */
    static RingNode open(Settings settings, SocketNode.Surroundings surroundings, Abandonment unwanted) {
        return OF_JVM.use(String.valueOf(settings.address(Setting.BIND)), settings, surroundings, unwanted);
    }

    private RingNode use(String bind, Settings settings, SocketNode.Surroundings surroundings, Abandonment unwanted) {
        Shared shared;
        boolean isFirst;
        synchronized (this) {
            isFirst = !nodes.containsKey(bind);
            shared = nodes.computeIfAbsent(bind, unused -> new Shared());
            shared.users++;
        }
        if (isFirst) {
            start(shared, bind, settings, surroundings, unwanted);
        }
        unwanted.awaitUnlessSaid(shared.node);
        if (!shared.node.isDone()) {
            release(bind, shared);
            throw new RingRefusedException(
                    "the cache manager was closed while another one started their node at " + bind + ".");
        }
        try {
            return new Use(this, bind, shared, shared.node.join());
        } catch (CompletionException e) {
            if (shared.abandoned) {
                return use(bind, settings, surroundings, unwanted); // Whoever is left starts it.
            }
            throw new CacheException("the node at " + bind + " could not be started by another manager", e.getCause());
        }
    }

    /** Waits for other nodes, perhaps of this JVM: so without the lock. */
    private void start(
            Shared shared, String bind, Settings settings, SocketNode.Surroundings surroundings, Abandonment unwanted) {
        try {
            shared.node.complete(SocketNode.start(settings, surroundings, new Patience(PATIENCE_MILLIS, unwanted)));
            hook.install();
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                nodes.remove(bind);
            }
            shared.abandoned = unwanted.isSaid();
            shared.node.completeExceptionally(e);
            throw e;
        }
    }

    /** The process ends, and nobody has closed these. */
    private void leaveAll() {
        List<Shared> left;
        synchronized (this) {
            left = List.copyOf(nodes.values());
        }
        for (Shared shared : left) {
            if (shared.node.isDone() && !shared.node.isCompletedExceptionally()) {
                shared.node.join().close();
            }
        }
    }

    private void release(String bind, Shared shared) {
        Shared ended = null;
        boolean isLast;
        synchronized (this) {
            if (nodes.get(bind) == shared && --shared.users == 0) {
                nodes.remove(bind);
                ended = shared;
            }
            isLast = nodes.isEmpty();
        }
        if (isLast) {
            hook.remove();
        }
        if (ended != null) {
            ended.node.join().close();
        }
    }

    /** One manager's use of a node. */
    private static final class Use implements RingNode {
        private final SharedNodes nodes;
        private final String bind;
        private final Shared shared;
        private final SocketNode node;
        private final List<NamedCaches> served = new CopyOnWriteArrayList<>();
        private final AtomicBoolean closed = new AtomicBoolean();

        Use(SharedNodes nodes, String bind, Shared shared, SocketNode node) {
            this.nodes = nodes;
            this.bind = bind;
            this.shared = shared;
            this.node = node;
        }

        @Override
        public int ringId(String cacheName, CacheTraits traits) {
            return node.node().ringId(cacheName, traits);
        }

        @Override
        public void quit(int id, CacheTraits traits) {
            node.node().quit(id, traits);
        }

        @Override
        public RingDefinitions definitions() {
            return node.node().definitions();
        }

        @Override
        public RingClient openCache(CacheSpec spec) {
            return node.node().openCache(spec);
        }

        @Override
        public RingOperations operations() {
            return node.node().operations();
        }

        @Override
        public void serve(NamedCaches caches) {
            served.add(caches);
            node.serve(caches);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                served.forEach(node::withdraw);
                nodes.release(bind, shared);
            }
        }
    }
}
