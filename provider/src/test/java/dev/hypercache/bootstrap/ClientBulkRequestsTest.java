package dev.hypercache.bootstrap;

import dev.hypercache.bootstrap.RecordingTransports.Sent;
import dev.hypercache.jcache.HyperCachingProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What bulk operations of a client cost. */
final class ClientBulkRequestsTest extends BulkRules {

    private final SocketManagers managers = new SocketManagers();
    private final List<RecordingTransports> transports = new ArrayList<>();
    private List<String> seeds;
    private CacheManager caller;

    @BeforeEach
    void start() throws IOException {
        seeds = SocketManagers.addresses(3);
        List<CompletableFuture<?>> starting = new ArrayList<>();
        for (String bind : seeds) {
            CacheManager member = managers.manager(bind, seeds);
            starting.add(Aside.supply(() -> member.createCache("others", plain())));
        }
        starting.forEach(CompletableFuture::join);
        NodeAssembler assembler = new NodeAssembler(inner -> {
            RecordingTransports recording = new RecordingTransports(inner);
            transports.add(recording);
            return recording;
        });
        caller = managers.client(new HyperCachingProvider(assembler), seeds);
    }

    @AfterEach
    void close() {
        managers.close();
    }

    @Override
    CacheManager caller() {
        return caller;
    }

    /** Another client, of which only members know what it listens to. */
    @Override
    CacheManager other() {
        return managers.client(seeds);
    }

    @Override
    List<Sent> taken() {
        return transports.stream().flatMap(one -> one.take().stream()).toList();
    }
}
