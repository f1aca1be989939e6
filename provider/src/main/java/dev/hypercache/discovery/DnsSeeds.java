package dev.hypercache.discovery;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedsUnavailableException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses that a name has in DNS, all of one port, as {@code hypercache.seeds=dns:name:port} asks for: a headless service, or a
 * record with several A and AAAA entries.
 *
 * <p>Looked up anew at each call, by the resolver of the JDK. That one remembers answers for {@code networkaddress.cache.ttl} (30 s)
 * and failures for {@code networkaddress.cache.negative.ttl} (10 s), so a record that is made or changed meanwhile is seen that much
 * later; a node that waits looks again and again. The order is that of the addresses, so that it does not turn with the name server's.
 */
public final class DnsSeeds implements SeedSource {

    private final Address name;
    private final Resolver resolver;

    /** Looks a name up. */
    interface Resolver {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    DnsSeeds(Address name, Resolver resolver) {
        this.name = name;
        this.resolver = resolver;
    }

    /**
     * Makes a source that has looked nothing up yet.
     *
     * @param name the name in DNS, with the port of all seeds
     */
    public static DnsSeeds of(Address name) {
        return new DnsSeeds(name, InetAddress::getAllByName);
    }

    @Override
    public List<Address> seeds() {
        InetAddress[] found;
        try {
            found = resolver.addressesOf(name.host());
        } catch (UnknownHostException e) {
            throw new SeedsUnavailableException(
                    this + ": DNS knows no address of " + name.host()
                            + ". Make the record, or correct hypercache.seeds; it is looked up again.",
                    e);
        }
        if (found.length > StaticSeeds.SEEDS_MAX) {
            throw new SeedsUnavailableException(
                    this + ": the name has " + found.length + " addresses, at most " + StaticSeeds.SEEDS_MAX
                            + " are used. Give a name of fewer: a handful suffices to enter a ring.",
                    null);
        }
        Set<Address> seeds = new LinkedHashSet<>();
        for (InetAddress one : found) {
            seeds.add(new Address(one.getHostAddress(), name.port()));
        }
        return seeds.stream().sorted().toList();
    }

    @Override
    public boolean isFixed() {
        return false;
    }

    /** The form that {@link SeedSources#parse} reads. */
    @Override
    public String toString() {
        return SeedSources.DNS + name;
    }
}
