package dev.hypercache.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.discovery.SeedSourceContract;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticSeedsTest extends SeedSourceContract {

    @Override
    protected SeedSource create(List<Address> seeds) {
        return StaticSeeds.parse(seeds.stream().map(Address::toString).collect(Collectors.joining(",")));
    }

    @Test
    void blanksAroundSeedsAndRepeatedSeedsDoNotMatter() {
        StaticSeeds seeds = StaticSeeds.parse(" cache-1:7400 ,[::1]:7401,\tCACHE-1:7400");

        assertThat(seeds.seeds()).containsExactly(new Address("cache-1", 7400), new Address("::1", 7401));
        assertThat(seeds).hasToString("cache-1:7400,[::1]:7401");
        assertThat(seeds.isFixed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ",", "cache-1:7400,", "cache-1", "cache-1:7400;cache-2:7400", "::1:7400", "dns:cache:x"
            })
    void malformedListsAreRefusedWithTheRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaticSeeds.parse(text))
                .withMessageContaining("is not host:port")
                .withMessageContaining("cache-1:7400, 10.0.0.5:7400 or [::1]:7400");
    }

    @Test
    void everyMalformedSeedIsNamedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaticSeeds.parse("good:7400,bad,host:0,host:70000"))
                .withMessageContaining("\"bad\"")
                .withMessageContaining("\"host:0\" has port 0")
                .withMessageContaining("\"host:70000\"")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("good"));
    }

    @Test
    void endlessListIsRefusedBeforeItIsRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaticSeeds.parse("cache:1,".repeat(100_000)))
                .withMessageContaining("more than 1000 elements");
    }
}
