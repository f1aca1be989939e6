package dev.hypercache.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When seeds become a ring, and who is refused. */
final class RingFormationTest {

    private static final List<Address> SEEDS = List.of(new Address("b", 1), new Address("a", 1), new Address("c", 1));

    private static SeedCard card(String host) {
        NodeProfile profile = new NodeProfile("node-" + host, UUID.randomUUID(), new Address(host, 1), 100, "");
        return new SeedCard("books", profile, 16, 3, null);
    }

    private static RingFormation formation(SeedCard self) {
        return new RingFormation(self, SEEDS);
    }

    private static void hear(RingFormation formation, SeedCard card) {
        formation.heard(card.profile().address(), card);
    }

    @Test
    void firstSeedFoundsTheRingWhenAllOthersHaveAnswered() {
        RingFormation first = formation(card("a"));
        hear(first, card("b"));
        assertThat(first.founding()).isNull();
        assertThat(first.silent()).containsExactly(new Address("c", 1));

        hear(first, card("c"));
        Payload founding = Objects.requireNonNull(first.founding());
        FoundRing ring = (FoundRing) ControlChange.decode(founding).command();
        assertThat(ring.founders()).extracting(NodeProfile::name).containsExactly("node-a", "node-b", "node-c");
    }

    @Test
    void othersWaitForTheFirstAndTakeItsRing() {
        SeedCard self = card("b");
        SeedCard founder = card("a");
        RingFormation first = formation(founder);
        hear(first, self);
        hear(first, card("c"));
        Payload founding = Objects.requireNonNull(first.founding());

        RingFormation second = formation(self);
        hear(second, founder);
        hear(second, card("c"));
        assertThat(second.founding()).isNull();
        hear(second, founder.inRing(founding));
        assertThat(second.founding()).isEqualTo(founding);
    }

    @Test
    void anotherLifeOfAFounderIsRefused() {
        SeedCard founder = card("a");
        RingFormation first = formation(founder);
        hear(first, card("b"));
        hear(first, card("c"));
        Payload founding = Objects.requireNonNull(first.founding());

        RingFormation restarted = formation(card("b"));
        hear(restarted, founder.inRing(founding));
        assertThatThrownBy(restarted::founding)
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("node-b")
                .hasMessageContaining("start them together");
    }

    @Test
    void nodeThatIsNoSeedIsRefused() {
        assertThatThrownBy(() -> formation(card("d")))
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("hypercache.seeds");
    }

    @Test
    void twoNodesOfOneNameAreRefused() {
        RingFormation first = formation(card("a"));
        NodeProfile same = new NodeProfile("node-a", UUID.randomUUID(), new Address("b", 1), 100, "");

        assertThatThrownBy(() -> hear(first, new SeedCard("books", same, 16, 3, null)))
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("hypercache.node.name");
    }

    @Test
    void nodesThatDisagreeOnTheRingAreRefused() {
        RingFormation first = formation(card("a"));
        SeedCard other = card("b");

        assertThatThrownBy(() -> hear(first, new SeedCard("books", other.profile(), 32, 3, null)))
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("hypercache.ring.slots=32");
        assertThatThrownBy(() -> hear(first, new SeedCard("films", other.profile(), 16, 3, null)))
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("hypercache.cluster.name");
    }

    @Test
    void cardIsReadAsItWasWritten() throws IOException {
        SeedCard card = card("a").inRing(Payload.of(new byte[] {1, 2, 3}));

        assertThat(SeedCard.decode(card.encode())).isEqualTo(card);
    }

    @Test
    void whatIsNoCardIsRefusedByItsField() {
        assertThatThrownBy(() -> SeedCard.decode("{\"cluster\":\"books\"}".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name");
    }
}
