package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Voters as text, and texts that are none. */
final class VoterTextTest {

    @Test
    void votersComeBack() {
        List<NodeId> voters = List.of(
                new NodeId("n1", new Incarnation(1)), new NodeId("10.0.0.2:7400", new Incarnation(Long.MAX_VALUE)));
        assertThat(VoterText.parse(VoterText.of(voters))).isEqualTo(voters);
        assertThat(VoterText.parse(VoterText.of(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n1#", "#1", "n1#x", "n1#-1", "n1#1  n2#2", "a b#1"})
    void anythingElseIsRefusedByName(String text) {
        assertThatThrownBy(() -> VoterText.parse(text))
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining(text);
    }
}
