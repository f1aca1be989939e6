package dev.hypercache.examples.ring;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** Hazelcast's JCache in a client that knows all members and asks owners itself, as it does by default; without a near cache. */
final class HazelcastClientGrid implements Grid {

    private static final String PROVIDER = "com.hazelcast.client.cache.HazelcastClientCachingProvider";
    private static final long LOOK_MILLIS = 20;

    private final Seat first;
    private final HazelcastInstance instance;
    private final CacheManager manager;

    HazelcastClientGrid(Seat first) {
        this.first = first;
        ClientConfig config = new ClientConfig();
        config.setClusterName(HazelcastGrid.clusterName(first));
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setAddresses(first.addresses());
        instance = HazelcastClient.newHazelcastClient(config);
        CachingProvider provider = Caching.getCachingProvider(PROVIDER);
        manager = provider.getCacheManager(
                provider.getDefaultURI(),
                provider.getDefaultClassLoader(),
                HazelcastCachingProvider.propertiesByInstanceItself(instance));
    }

    @Override
    public void awaitMembers() throws InterruptedException {
        while (instance.getCluster().getMembers().size() < first.members()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public List<View> views() {
        return List.of(View.PRIMARY);
    }

    @Override
    public synchronized Cache<String, byte[]> cache(View view) {
        return HazelcastGrid.opened(manager);
    }

    @Override
    public Place placeOf(String key) {
        int port = instance.getPartitionService()
                .getPartition(key)
                .getOwner()
                .getAddress()
                .getPort();
        return port == first.port() ? Place.HERE : Place.ELSEWHERE;
    }
}
