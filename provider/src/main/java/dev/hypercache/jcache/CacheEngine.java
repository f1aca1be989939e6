package dev.hypercache.jcache;

import dev.hypercache.config.CacheSettings;
import dev.hypercache.jcache.manage.CacheBeans;
import dev.hypercache.jcache.manage.ConfigurationBean;
import dev.hypercache.jcache.manage.ConfigurationView;
import dev.hypercache.jcache.manage.ScopedStatistics;
import dev.hypercache.jcache.through.LoadExecutor;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Everything behind one cache, and its end.
 *
 * @param context what works on the cache shares
 * @param parts its loader, writer, listeners and counters
 * @param pipeline operations on one entry
 * @param bulk operations on many
 * @param management its beans, background loads and views
 */
record CacheEngine<K, V>(
        CacheContext<K, V> context,
        CacheParts<K, V> parts,
        OperationPipeline<K, V> pipeline,
        BulkOperations<K, V> bulk,
        Management<K, V> management)
        implements MetricSource {

    /**
     * @param beans the cache's MXBeans
     * @param statistics what its statistics bean shows
     * @param configuration the cache's configuration as callers see it
     * @param loads where background loads run
     * @param calls where asynchronous calls run that involve the application's code
     * @param closeables the loader, the writer and the policy, where they want to be closed
     * @param seat the use of the cache that this manager makes on its node
     * @param closing the cache's end
     */
    record Management<K, V>(
            CacheBeans beans,
            ScopedStatistics statistics,
            ConfigurationView<K, V> configuration,
            LoadExecutor loads,
            LoadExecutor calls,
            List<Closeable> closeables,
            Closeable seat,
            Closing closing) {}

    /** The same cache at the level of single calls. */
    CacheEngine<K, V> at(ConsistencyLevel level, SideWork sideWork) {
        CacheContext<K, V> other = context.at(level);
        OperationPipeline<K, V> operations = new OperationPipeline<>(other, parts, sideWork);
        return new CacheEngine<>(other, parts, operations, new BulkOperations<>(other, parts, operations), management);
    }

    /**
     * Publishes the numbers that the cache holds anyway, and its beans if they are wanted.
     *
     * @param configured what counts first
     * @param given what counts where the settings say nothing
     */
    void start(CacheSettings configured, CompleteConfiguration<?, ?> given) {
        context.metrics().supply(this, MetricName.ENTRIES, MetricName.LISTENER_BACKLOG);
        this.management.statistics().start();
        Boolean statistics = configured.statistics();
        Boolean management = configured.management();
        if (statistics == null ? given.isStatisticsEnabled() : statistics) {
            enableStatistics(true);
        }
        if (management == null ? given.isManagementEnabled() : management) {
            enableManagement(true);
        }
    }

    @Override
    public long read(MetricName name) {
        return name == MetricName.ENTRIES
                ? context.client().entries()
                : parts.events().backlog();
    }

    /** Loads keys in the background; the listener hears once, after the events, on the loading thread. */
    void loadAll(List<K> keys, boolean replace, @Nullable CompletionListener listener) {
        ReadThrough<K, V> loader = parts.loader();
        if (loader == null) {
            complete(listener, null);
            return;
        }
        management.loads().execute(new LoadExecutor.Load() {
            @Override
            public void run() {
                complete(listener, failureOf(loader, keys, replace));
            }

            @Override
            public void refuse(RuntimeException reason) {
                complete(listener, reason);
            }
        });
    }

    /** Loads, waits for the events, and says what went wrong. */
    private @Nullable Exception failureOf(ReadThrough<K, V> loader, List<K> keys, boolean replace) {
        Exception failure;
        try {
            loader.loadAll(keys, replace);
            parts.events().await();
            return null;
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new CacheException("a background load of cache '" + context.cacheName() + "' failed", e);
        }
        parts.events().settle();
        return failure;
    }

    private void complete(@Nullable CompletionListener listener, @Nullable Exception failure) {
        if (listener == null) {
            if (failure != null) {
                context.log().warn("loadAll").setCause(failure).log("A background load failed and nobody listens.");
            }
            return;
        }
        try {
            if (failure == null) {
                listener.onCompletion();
            } else {
                listener.onException(failure);
            }
        } catch (RuntimeException | Error e) {
            context.log().warn("loadAll").setCause(e).log("The completion listener failed.");
        }
    }

    void enableManagement(boolean on) {
        management.beans().publishConfiguration(on, new ConfigurationBean(management.configuration()));
    }

    void enableStatistics(boolean on) {
        management.statistics().enable(on);
        management.beans().publishStatistics(on, management.statistics().bean());
    }

    /**
     * Ends the cache: no bean, thread or user's resource is left when this returns. Who comes second waits for that, except
     * on a thread of the cache itself, for which the first one may be waiting.
     *
     * @param last the last step, for the one who ends the cache
     */
    void close(Closeable last) {
        Closing closing = management.closing();
        if (!closing.begin()) {
            if (!isOwnThread()) {
                closing.await();
            }
            return;
        }
        CloseSequence sequence = new CloseSequence();
        List<Closeable> closeables = new ArrayList<>(management.closeables());
        sequence.step(management.beans()::end);
        sequence.step(management.loads()::close);
        sequence.step(management.calls()::close);
        sequence.step(() -> closeables.addAll(parts.events().close()));
        sequence.step(() -> closeAll(closeables));
        sequence.step(context.client()::close);
        sequence.step(management.seat());
        sequence.step(last);
        closing.end();
        sequence.finish();
    }

    /** The last steps of the end of a cache that no node is to have any more. */
    Closeable destroying(Closeable last) {
        return () -> {
            try {
                context.client().destroy();
            } finally {
                last.close();
            }
        };
    }

    /** Whether the calling thread is one that works for this cache only. */
    boolean isOwnThread() {
        return management.loads().isOwnThread()
                || management.calls().isOwnThread()
                || parts.events().isOwnThread();
    }

    /** Closes what the application made; a failure is logged and keeps nothing else open. */
    private void closeAll(List<Closeable> closeables) {
        VirtualMachineError fatal = null;
        for (Closeable closeable : closeables) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException | Error e) {
                context.log().warn("close").setCause(e).log("A loader, writer, listener or policy failed to close.");
                fatal = e instanceof VirtualMachineError error && fatal == null ? error : fatal;
            }
        }
        if (fatal != null) {
            throw fatal;
        }
    }

    void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
        closeAll(parts.events().deregister(configuration));
        context.client().listenersChanged();
    }
}
