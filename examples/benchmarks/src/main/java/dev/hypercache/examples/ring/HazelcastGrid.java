package dev.hypercache.examples.ring;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.CacheConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** Hazelcast's JCache with two synchronous backups. It has one view: the owner of an entry answers. */
final class HazelcastGrid implements Grid {

    private static final String PROVIDER = "com.hazelcast.cache.impl.HazelcastServerCachingProvider";
    private static final String NAME = "ring";
    private static final long LOOK_MILLIS = 20;

    private final int members;
    private final HazelcastInstance instance;
    private final CacheManager manager;

    HazelcastGrid(Seat seat) {
        members = seat.members();
        instance = Hazelcast.newHazelcastInstance(config(seat));
        CachingProvider provider = Caching.getCachingProvider(PROVIDER);
        manager = provider.getCacheManager(
                provider.getDefaultURI(),
                provider.getDefaultClassLoader(),
                HazelcastCachingProvider.propertiesByInstanceItself(instance));
    }

    /** Of all members of a ring, and of its clients. */
    static String clusterName(Seat seat) {
        return "ring-of-" + seat.ports().get(0);
    }

    private static Config config(Seat seat) {
        Config config = new Config();
        config.setClusterName(clusterName(seat));
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(seat.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(Seat.HOST);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(seat.addresses());
        return config;
    }

    @Override
    public void awaitMembers() throws InterruptedException {
        while (instance.getCluster().getMembers().size() < members
                || !instance.getPartitionService().isClusterSafe()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Owners and backups move together. */
    @Override
    public void awaitShare() throws InterruptedException {
        Set<Partition> partitions = instance.getPartitionService().getPartitions();
        while (partitions.stream().filter(HazelcastGrid::isOwnedHere).count() * 10L * members < partitions.size() * 9L
                || !instance.getPartitionService().isClusterSafe()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static boolean isOwnedHere(Partition partition) {
        Member owner = partition.getOwner();
        return owner != null && owner.localMember();
    }

    @Override
    public synchronized Cache<String, byte[]> cache(View view) {
        return opened(manager);
    }

    /** The cache of a member or of a client. */
    static Cache<String, byte[]> opened(CacheManager manager) {
        Cache<String, byte[]> open = manager.getCache(NAME);
        if (open != null) {
            return open;
        }
        CacheConfig<String, byte[]> config = new CacheConfig<>(NAME);
        config.setBackupCount(COPIES - 1).setAsyncBackupCount(0);
        config.getEvictionConfig().setSize(Integer.MAX_VALUE); // It has a bound of 10,000 entries otherwise.
        return manager.createCache(NAME, config);
    }

    /** The member that owns an entry answers for it wherever the copies are, so nothing is far. */
    @Override
    public Place placeOf(String key) {
        boolean isOwner =
                instance.getPartitionService().getPartition(key).getOwner().localMember();
        return isOwner ? Place.HERE : Place.ELSEWHERE;
    }
}
