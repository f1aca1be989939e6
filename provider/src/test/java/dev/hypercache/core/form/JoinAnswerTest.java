package dev.hypercache.core.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.control.ControlLimits;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bounds of what a joiner is told, and the terms that a ring is asked for. */
final class JoinAnswerTest {

    private static final RingId RING = new RingId(new UUID(1, 2), 3);
    private static final NodeId NODE = new NodeId("n1", new Incarnation(4));

    @Test
    void admissionHasALifeThatWasCountedAndASnapshotWithinItsBound() {
        Payload tooLarge = Payload.of(new byte[ControlLimits.STATE_BYTES_MAX + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinAnswer.Admitted(RING, NodeId.unadmitted("n1"), 1, Payload.EMPTY, "", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinAnswer.Admitted(RING, NODE, 1, tooLarge, "", ""))
                .withMessageContaining("snapshot");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinAnswer.Admitted(
                        RING, NODE, 1, Payload.EMPTY, "v".repeat(JoinAnswer.VOTERS_LENGTH_MAX + 1), ""));
    }

    @Test
    void waitNamesFewMembersAndAPauseThatEnds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JoinAnswer.Wait("x", 0, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinAnswer.Wait("x", JoinAnswer.PAUSE_MILLIS_MAX + 1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinAnswer.Wait(
                        "x", 1, Collections.nCopies(JoinAnswer.MEMBERS_MAX + 1, new Address("a", 1))));
    }

    @Test
    void termsComeBackFromTheRingThatTheyBecame() {
        RingTerms terms = new RingTerms(
                "books", 64, RingTerms.KEY_HASH, 2, new TreeMap<>(Map.of("hypercache.loss.policy", "BLOCK")));

        assertThat(RingTerms.of(terms.settings(RING))).isEqualTo(terms);
    }

    @Test
    void everyTermThatDiffersIsNamedWithBothValues() {
        RingTerms here =
                new RingTerms("books", 64, "xxh3-64", 2, new TreeMap<>(Map.of("hypercache.loss.policy", "BLOCK")));
        RingTerms there =
                new RingTerms("films", 16, "other", 3, new TreeMap<>(Map.of("hypercache.evict.after", "60000ms")));

        assertThat(here.differencesTo(there))
                .containsExactly(
                        "hash of keys is other there and xxh3-64 here",
                        "hypercache.cluster.name is films there and books here",
                        "hypercache.evict.after is 60000ms there and unset here",
                        "hypercache.loss.policy is unset there and BLOCK here",
                        "hypercache.replication.factor is 3 there and 2 here",
                        "hypercache.ring.slots is 16 there and 64 here");
        assertThat(here.differencesTo(here)).isEmpty();
    }
}
