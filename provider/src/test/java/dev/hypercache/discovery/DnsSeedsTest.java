package dev.hypercache.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedSourceContract;
import dev.hypercache.spi.discovery.SeedsUnavailableException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeds by a name in DNS, with a resolver of the test's own. */
final class DnsSeedsTest extends SeedSourceContract {

    private static final Address NAME = new Address("cache.example", 7400);

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal needs no look-up", e);
        }
    }

    private static InetAddress[] literals(List<String> addresses) {
        return addresses.stream().map(DnsSeedsTest::literal).toArray(InetAddress[]::new);
    }

    @Override
    protected SeedSource create(List<Address> seeds) {
        return new DnsSeeds(
                NAME, host -> literals(seeds.stream().map(Address::host).toList()));
    }

    @Override
    protected List<Address> examples() {
        return List.of(new Address("10.0.0.1", 7400), new Address("10.0.0.2", 7400), new Address("10.0.0.9", 7400));
    }

    @Test
    void allAddressesOfBothFamiliesAreSeedsOfThePort() {
        DnsSeeds seeds = new DnsSeeds(NAME, host -> literals(List.of("10.0.0.2", "fd00::1", "10.0.0.1", "10.0.0.2")));

        assertThat(seeds.seeds())
                .containsExactly(
                        new Address("10.0.0.1", 7400),
                        new Address("10.0.0.2", 7400),
                        new Address("fd00:0:0:0:0:0:0:1", 7400));
        assertThat(seeds.isFixed()).isFalse();
        assertThat(seeds).hasToString("dns:cache.example:7400");
    }

    @Test
    void nameIsLookedUpAnewEachTime() {
        List<String> records = new ArrayList<>(List.of("10.0.0.1"));
        DnsSeeds seeds = new DnsSeeds(NAME, host -> literals(records));
        assertThat(seeds.seeds()).hasSize(1);

        records.add("10.0.0.2");

        assertThat(seeds.seeds()).hasSize(2);
    }

    @Test
    void nameWithoutRecordIsUnavailableForNow() {
        DnsSeeds seeds = new DnsSeeds(NAME, host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(seeds::seeds)
                .isInstanceOf(SeedsUnavailableException.class)
                .hasMessageContaining("dns:cache.example:7400")
                .hasMessageContaining("Make the record");
    }

    @Test
    void nameOfThisMachineIsLookedUpByTheJdk() {
        assertThat(DnsSeeds.of(new Address("localhost", 7400)).seeds())
                .isNotEmpty()
                .allMatch(seed -> seed.port() == 7400);
    }
}
