package dev.hypercache.bootstrap;

import dev.hypercache.core.form.SeedCard;
import dev.hypercache.jcache.HyperCacheManager;
import dev.hypercache.jcache.HyperCachingProvider;
import dev.hypercache.spi.Address;
import dev.hypercache.transport.auth.PortSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Managers of one test, each of a provider of its own, whose settings ask for a ring over sockets. */
final class SocketManagers implements AutoCloseable {

    private final List<HyperCachingProvider> providers = new ArrayList<>();

    /** Free ports of this machine, as far as anybody can know. */
    static List<String> addresses(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<String> addresses = sockets.stream()
                .map(socket -> "127.0.0.1:" + socket.getLocalPort())
                .toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return addresses;
    }

    /** What a node shows at its port; null if nobody answers there. */
    static @Nullable SeedCard cardAt(String address) {
        int colon = address.indexOf(':');
        SeedClient client = new SeedClient(PortSecurity.open("test"));
        return client.ask(new Address(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    HyperCacheManager manager(String bind, List<String> seeds, String... more) {
        HyperCachingProvider provider = new HyperCachingProvider();
        providers.add(provider);
        return get(provider, bind, seeds, more);
    }

    /** The default manager of a provider, with these settings if it is a new one. */
    static HyperCacheManager get(HyperCachingProvider provider, String bind, List<String> seeds, String... more) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.bind", bind);
        properties.setProperty("hypercache.seeds", String.join(",", seeds));
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.request.timeout", "30s");
        properties.setProperty("hypercache.leave.timeout", "0s"); // Who is closed here goes as if it had died.
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    /** A manager that is a client of the ring with these members. */
    HyperCacheManager client(List<String> seeds, String... more) {
        return client(new HyperCachingProvider(), seeds, more);
    }

    /** The same of a provider of the caller's. */
    HyperCacheManager client(HyperCachingProvider provider, List<String> seeds, String... more) {
        providers.add(provider);
        Properties properties = new Properties();
        properties.setProperty("hypercache.mode", "client");
        properties.setProperty("hypercache.seeds", String.join(",", seeds));
        properties.setProperty("hypercache.request.timeout", "30s");
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    /** The provider of the manager that was asked for as this one. */
    HyperCachingProvider provider(int index) {
        return providers.get(index);
    }

    @Override
    public void close() {
        providers.forEach(HyperCachingProvider::close);
    }
}
