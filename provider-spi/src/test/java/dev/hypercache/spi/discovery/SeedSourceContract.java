package dev.hypercache.spi.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SeedSource} must do. */
public abstract class SeedSourceContract {

    /**
     * A source that names exactly these seeds, in this order.
     *
     * @param seeds distinct addresses, at least one
     */
    protected abstract SeedSource create(List<Address> seeds);

    /** Three seeds that the source can name, in its order: overridden where it has a say in them. */
    protected List<Address> examples() {
        return List.of(new Address("cache-2", 7400), new Address("10.0.0.1", 7401), new Address("::1", 7402));
    }

    @Test
    void seedsComeInTheSourcesOrder() {
        assertThat(create(examples()).seeds()).containsExactlyElementsOf(examples());
    }

    @Test
    void nobodyCanChangeWhatOthersAreGiven() {
        SeedSource source = create(examples().subList(0, 1));
        List<Address> given = source.seeds();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(given::clear);
        assertThat(source.seeds()).isEqualTo(given);
    }

    @Test
    void sourceCanBeAskedAgainAndAgain() {
        SeedSource source = create(examples().subList(0, 2));
        List<Address> first = source.seeds();

        for (int i = 0; i < 100; i++) {
            assertThat(source.seeds()).isEqualTo(first).doesNotHaveDuplicates();
            assertThat(source.isFixed()).isEqualTo(source.isFixed());
        }
    }
}
