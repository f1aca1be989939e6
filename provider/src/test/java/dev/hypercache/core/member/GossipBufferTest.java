package dev.hypercache.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.Belief;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is spread, how often, and what happens when there is too much. */
final class GossipBufferTest {

    private final List<MemberEvent> events = new ArrayList<>();
    private final GossipBuffer buffer = new GossipBuffer(new MemberObserver() {
        @Override
        public void happened(MemberEvent event) {
            events.add(event);
        }

        @Override
        public void believed(Belief belief) {}
    });

    private List<Integer> take(int receiver, int most) {
        return buffer.take(receiver, 5, most).stream().map(Belief::member).toList();
    }

    @Test
    void whatWasSaidLeastGoesFirst() {
        buffer.put(Belief.alive(1, 1));
        buffer.put(Belief.alive(2, 1));
        assertThat(take(9, 1)).containsExactly(1);
        buffer.put(Belief.alive(3, 1));

        assertThat(take(9, 2)).containsExactly(2, 3);
        assertThat(take(9, 5)).containsExactly(1, 2, 3);
    }

    @Test
    void newerBeliefTakesThePlaceOfTheOlderOneAndIsSaidAnew() {
        buffer.put(Belief.alive(1, 1));
        take(9, 1);
        buffer.put(Belief.alive(1, 2));

        int said = 0;
        while (!buffer.take(9, 5, 16).isEmpty()) {
            said++;
        }
        assertThat(said).isEqualTo(GossipBuffer.repeats(5));
        assertThat(buffer.size()).isZero();
    }

    @Test
    void nobodyIsToldOfItself() {
        buffer.put(Belief.alive(1, 1));

        assertThat(take(1, 5)).isEmpty();
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void repeatsGrowWithTheDigitsOfTheRing() {
        assertThat(List.of(GossipBuffer.repeats(3), GossipBuffer.repeats(20), GossipBuffer.repeats(300)))
                .containsExactly(4, 8, 12);
    }

    @Test
    void fullBufferDropsWhatWasSaidMost() {
        buffer.put(Belief.alive(1, 1));
        take(9_999, 1);
        for (int member = 2; member <= GossipBuffer.BELIEFS_MAX; member++) {
            buffer.put(Belief.alive(member, 1));
        }
        assertThat(events).isEmpty();
        buffer.put(Belief.alive(4_000, 1));

        assertThat(events).containsExactly(MemberEvent.GOSSIP_DROPPED);
        assertThat(buffer.size()).isEqualTo(GossipBuffer.BELIEFS_MAX);
        assertThat(take(9_999, GossipBuffer.BELIEFS_MAX)).doesNotContain(1).contains(2, 4_000);
    }

    @Test
    void beliefsAboutThoseWhoAreGoneAreForgotten() {
        buffer.put(Belief.alive(1, 1));
        buffer.put(Belief.alive(2, 1));
        buffer.retain(Set.of(2, 3));

        assertThat(take(9, 5)).containsExactly(2);
    }
}
