package dev.hypercache.spi.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopologyPageTest {

    @Test
    void pageDoesNotFollowTheListItWasMadeFrom() {
        List<TopologyChange> changes = new ArrayList<>(List.of(new TopologyChange(1, Payload.EMPTY)));

        TopologyPage page = new TopologyPage(null, changes);
        changes.clear();

        assertThat(page.changes()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> page.changes().clear());
    }

    @Test
    void changesAreNumberedFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopologyChange(0, Payload.EMPTY))
                .withMessageContaining("index is 0");
    }
}
