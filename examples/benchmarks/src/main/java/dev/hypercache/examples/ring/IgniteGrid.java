package dev.hypercache.examples.ring;

import java.nio.file.Path;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.affinity.Affinity;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/**
 * Ignite's atomic caches with two backups that are all waited for. The views are two caches: one that reads from its primaries
 * only, and one that reads from backups, which is Ignite's default.
 */
final class IgniteGrid implements Grid {

    private static final long REGION_BYTES = 256L << 20;
    private static final long LOOK_MILLIS = 20;

    private final int members;
    private final Ignite ignite;

    IgniteGrid(Seat seat) {
        members = seat.members();
        ignite = Ignition.start(configuration(seat));
    }

    private static IgniteConfiguration configuration(Seat seat) {
        TcpDiscoveryVmIpFinder finder = new TcpDiscoveryVmIpFinder().setAddresses(seat.addresses());
        TcpDiscoverySpi discovery = new TcpDiscoverySpi();
        discovery.setLocalPort(seat.port()).setLocalPortRange(0).setIpFinder(finder);
        TcpCommunicationSpi communication = new TcpCommunicationSpi();
        communication.setLocalPort(seat.secondPort()).setLocalPortRange(0);
        DataRegionConfiguration region =
                new DataRegionConfiguration().setInitialSize(REGION_BYTES).setMaxSize(REGION_BYTES);
        return new IgniteConfiguration()
                .setGridLogger(new NullLogger())
                .setMetricsLogFrequency(0)
                .setLocalHost(Seat.HOST)
                .setWorkDirectory(workDirectory(seat))
                .setDiscoverySpi(discovery)
                .setCommunicationSpi(communication)
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setDataStorageConfiguration(new DataStorageConfiguration().setDefaultDataRegionConfiguration(region));
    }

    /** Where what is built goes: nobody cleans up behind a process that is killed. */
    private static String workDirectory(Seat seat) {
        return Path.of("target", "ignite-" + seat.port()).toAbsolutePath().toString();
    }

    @Override
    public void awaitMembers() throws InterruptedException {
        while (ignite.cluster().nodes().size() < members) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A member becomes the primary of a partition once it has all of it. */
    @Override
    public void awaitShare() throws InterruptedException {
        cache(View.PRIMARY);
        Affinity<String> affinity = ignite.affinity(View.PRIMARY.name());
        while (affinity.primaryPartitions(ignite.cluster().localNode()).length * 10L * members
                < affinity.partitions() * 9L) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public Cache<String, byte[]> cache(View view) {
        return ignite.getOrCreateCache(new CacheConfiguration<String, byte[]>(view.name())
                .setCacheMode(CacheMode.PARTITIONED)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setBackups(COPIES - 1)
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setReadFromBackup(view == View.NEAREST));
    }

    @Override
    public Cache<String, byte[]> writable(View view) {
        return cache(view);
    }

    @Override
    public Place placeOf(String key) {
        Affinity<String> affinity = ignite.affinity(View.PRIMARY.name());
        if (affinity.isPrimary(ignite.cluster().localNode(), key)) {
            return Place.HERE;
        }
        return affinity.isBackup(ignite.cluster().localNode(), key) ? Place.ELSEWHERE : Place.FAR;
    }
}
