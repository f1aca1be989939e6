package dev.hypercache.jcache;

import dev.hypercache.codec.CodecRegistry;
import dev.hypercache.codec.CodecSettings;
import dev.hypercache.codec.DefaultCodec;
import dev.hypercache.config.CodecDefault;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What the caches of one manager share.
 *
 * @param settings the manager's settings
 * @param node the node that the caches live on
 * @param codecs the codecs of the manager's class loader
 * @param metrics the node's metrics
 * @param log the node's log
 */
record ManagerResources(Settings settings, RingNode node, CodecRegistry codecs, NodeMetrics metrics, NodeLog log) {

    /** Makes what the first cache of a manager needs. */
    static ManagerResources open(
            Settings settings,
            WeakReference<ClassLoader> classLoader,
            @Nullable NodeFactory nodes,
            Abandonment unwanted) {
        NodeMetrics metrics = NodeMetrics.create(settings);
        NodeLog log = NodeLog.of(HyperCacheManager.class, settings.nodeName());
        for (String warning : settings.warnings()) {
            log.warn("configure").log(warning);
        }
        NodeFactory factory = factoryOr(nodes);
        CodecSettings codecSettings = codecSettings(settings, factory.holdsOwnBytesOnly(settings));
        RingNode node = factory.create(settings, metrics, unwanted);
        try {
            metrics.start();
            CodecRegistry codecs = new CodecRegistry(classLoader::get, codecSettings);
            return new ManagerResources(settings, node, codecs, metrics, log);
        } catch (RuntimeException | Error e) {
            node.close();
            metrics.close();
            throw e;
        }
    }

    /** Who makes the nodes: {@code given}, or else whom the class path names. */
    static NodeFactory factoryOr(@Nullable NodeFactory given) {
        return given == null ? nodeFactory() : given;
    }

    private static NodeFactory nodeFactory() {
        Iterator<NodeFactory> factories = ServiceLoader.load(NodeFactory.class, NodeFactory.class.getClassLoader())
                .iterator();
        if (!factories.hasNext()) {
            throw new IllegalStateException("no " + NodeFactory.class.getName() + " is registered: the HyperCache jar"
                    + " was repackaged without its META-INF/services; merge those files when shading");
        }
        return factories.next();
    }

    private static CodecSettings codecSettings(Settings settings, boolean ownBytesOnly) {
        DefaultCodec defaultCodec = codecOf(settings.codecDefault());
        return ownBytesOnly
                ? CodecSettings.embedded(defaultCodec)
                : CodecSettings.ring(defaultCodec, TransportOptions.FRAME_BYTES_MOST, settings.javaAllowPatterns());
    }

    private static DefaultCodec codecOf(CodecDefault configured) {
        return DefaultCodec.valueOf(configured.name());
    }

    /** What operators may ask of the ring; null if the node is a ring of one. */
    @Nullable
    RingOperations operations() {
        try {
            return node.operations();
        } catch (UnsupportedOperationException embedded) {
            return null;
        }
    }

    /** The caches that other nodes have open in the manager that they mean by this URI. */
    KnownCaches known(URI uri, @Nullable ClassLoader loader) {
        return new KnownCaches(node, ManagerUri.of(uri).sharedName(), loader);
    }

    void close() {
        CloseSequence sequence = new CloseSequence();
        sequence.step(node::close);
        sequence.step(codecs::close);
        sequence.step(metrics::close);
        sequence.finish();
    }
}
