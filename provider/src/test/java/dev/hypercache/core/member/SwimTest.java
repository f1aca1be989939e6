package dev.hypercache.core.member;

import static dev.hypercache.core.member.SwimBench.SELF;
import static dev.hypercache.core.member.SwimBench.dead;
import static dev.hypercache.core.member.SwimBench.suspect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.Probe;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each change of a member's health, and exactly what is counted for it. */
final class SwimTest {

    private static final SwimPace PACE = new SwimPace(1_000, 1, 500, 3, 4);
    private static final int MEMBERS = 5;
    private static final int OTHER = 3;

    private final SwimBench bench = new SwimBench(MEMBERS, PACE);
    private final Swim swim = bench.swim();

    @Test
    void membersWhoAnswerStayAlive() {
        bench.run(60_000);

        assertThat(bench.count(MemberEvent.PROBE_ANSWERED)).isBetween(58, 60);
        assertThat(bench.counted()).isEmpty();
        assertThat(bench.believed()).isEmpty();
        assertThat(swim.count(MemberHealth.ALIVE)).isEqualTo(MEMBERS - 1);
        assertThat(swim.version()).isEqualTo(1);
    }

    @Test
    void silentMemberIsSuspectedAndThenDead() {
        bench.silent(OTHER);
        while (swim.health(OTHER) == MemberHealth.ALIVE) {
            bench.run(10);
        }
        assertThat(bench.counted())
                .isEqualTo(Map.of(MemberEvent.HELP_ASKED, 1, MemberEvent.PROBE_FAILED, 1, MemberEvent.SUSPECTED, 1));
        assertThat(bench.believed()).containsExactly(suspect(OTHER, 0, SELF));
        long suspected = bench.now();
        bench.forget();

        while (swim.health(OTHER) == MemberHealth.SUSPECT) {
            bench.run(10);
        }
        assertThat(bench.now() - suspected).isEqualTo(4_000);
        assertThat(bench.counted().get(MemberEvent.DIED)).isEqualTo(1);
        assertThat(bench.counted()).doesNotContainKeys(MemberEvent.SUSPECTED, MemberEvent.CLEARED, MemberEvent.PAUSED);
        assertThat(bench.believed()).containsExactly(dead(OTHER, 0, SELF));
        assertThat(swim.version()).isEqualTo(3);
        assertThat(swim.slowness()).isZero();
    }

    @Test
    void suspectThatRefutesIsAlive() {
        bench.hear(2, suspect(OTHER, 0, 2));
        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.SUSPECTED, 1));
        bench.forget();
        bench.hear(4, Belief.alive(OTHER, 1));

        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.CLEARED, 1));
        assertThat(bench.believed()).containsExactly(Belief.alive(OTHER, 1));
        assertThat(swim.version()).isEqualTo(3);
    }

    @Test
    void deadMemberThatRefutesIsAlive() {
        bench.hear(2, dead(OTHER, 0, 2));
        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.DIED, 1));
        bench.forget();
        bench.hear(4, Belief.alive(OTHER, 1));

        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.REVIVED, 1));
        assertThat(swim.health(OTHER)).isEqualTo(MemberHealth.ALIVE);
    }

    @Test
    void wordOfTheMemberItselfIsARefutation() {
        bench.hear(2, suspect(OTHER, 4, 2));
        bench.receive(OTHER, new Probe(9, 5, List.of()));

        assertThat(swim.health(OTHER)).isEqualTo(MemberHealth.ALIVE);
        assertThat(bench.count(MemberEvent.CLEARED)).isEqualTo(1);
    }

    @Test
    void accusationThatWasRefutedChangesNothing() {
        bench.hear(2, Belief.alive(OTHER, 2));
        bench.hear(2, suspect(OTHER, 1, 2), dead(OTHER, 1, 2, 4));

        assertThat(bench.counted()).isEmpty();
        assertThat(swim.health(OTHER)).isEqualTo(MemberHealth.ALIVE);
    }

    @Test
    void confirmationsShortenTheTimeToRefute() {
        bench.silent(OTHER);
        bench.hear(2, suspect(OTHER, 0, 2));
        bench.hear(4, suspect(OTHER, 0, 4));
        bench.hear(5, suspect(OTHER, 0, 2, 4, 5));
        assertThat(bench.believed()).hasSize(3);
        long begun = bench.now();
        while (swim.health(OTHER) == MemberHealth.SUSPECT) {
            bench.run(10);
        }

        assertThat(bench.now() - begun)
                .isBetween(Suspicion.timeoutMillis(PACE, MEMBERS, 4), Suspicion.timeoutMillis(PACE, MEMBERS, 3) + 10)
                .isLessThan(Suspicion.timeoutMillis(PACE, MEMBERS, 2));
    }

    @Test
    void observersOfADeathAreCountedOnceEach() {
        bench.silent(OTHER);
        bench.hear(2, dead(OTHER, 0, 2));
        bench.hear(4, dead(OTHER, 0, 2, 4));
        bench.hear(2, dead(OTHER, 0, 4, 2));
        assertThat(bench.believed()).containsExactly(dead(OTHER, 0, 2), dead(OTHER, 0, 2, 4));

        bench.run(8_000);
        assertThat(bench.believed().get(2)).isEqualTo(dead(OTHER, 0, SELF, 2, 4));
        assertThat(bench.count(MemberEvent.DIED)).isEqualTo(1);
    }

    @Test
    void brokenConnectionIsASuspicionAtOnce() {
        bench.run(1_500);
        bench.forget();
        swim.lost(OTHER, bench.now());

        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.SUSPECTED, 1));
        swim.lost(OTHER, bench.now());
        swim.lost(17, bench.now());
        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.SUSPECTED, 1));
    }

    @Test
    void whoDoubtsItselfProbesBeforeItSuspects() {
        bench.run(1_500);
        bench.stand(3_000);
        swim.lost(OTHER, bench.now());

        assertThat(swim.health(OTHER)).isEqualTo(MemberHealth.ALIVE);
        assertThat(bench.count(MemberEvent.PAUSED)).isEqualTo(1);
        bench.silent(OTHER);
        bench.run(3_000);
        assertThat(swim.health(OTHER)).isEqualTo(MemberHealth.SUSPECT);
    }

    @Test
    void nodeThatStoodStillAccusesNobody() {
        bench.hear(2, suspect(OTHER, 0, 2));
        bench.run(1_000);
        bench.stand(20_000);
        bench.run(100);

        assertThat(bench.count(MemberEvent.DIED)).isZero();
        assertThat(bench.count(MemberEvent.PROBE_FAILED)).isZero();
        assertThat(bench.count(MemberEvent.PAUSED)).isEqualTo(1);
    }

    @Test
    void memberIsProbedByWayOfOthersIfTheLinkIsBroken() {
        SwimBench broken = new SwimBench(3, new SwimPace(1_000, 1, 500, 1, 4));
        broken.deaf(OTHER);
        broken.run(30_000);

        assertThat(broken.count(MemberEvent.HELP_ASKED)).isBetween(14, 15);
        assertThat(broken.count(MemberEvent.PROBE_FAILED)).isZero();
        assertThat(broken.believed()).isEmpty();
    }

    @Test
    void silenceOfAllHelpersSpeaksAgainstTheNodeItself() {
        for (int member = 2; member <= MEMBERS; member++) {
            bench.silent(member);
        }
        bench.run(3_000);
        assertThat(bench.counted())
                .isEqualTo(
                        Map.of(MemberEvent.HELP_ASKED, 1, MemberEvent.PROBE_FAILED, 1, MemberEvent.BLAMED_ITSELF, 1));
        assertThat(swim.slowness()).isEqualTo(3);

        bench.run(120_000);
        assertThat(swim.slowness()).isEqualTo(LocalHealth.SLOWNESS_MAX);
        assertThat(swim.count(MemberHealth.ALIVE))
                .as("it cannot doubt itself for ever")
                .isLessThan(MEMBERS - 1);
    }

    @Test
    void nothingIsKeptOfThoseWhoAreGone() {
        bench.hear(2, dead(OTHER, 3, 2, 4), suspect(5, 0, 2));
        swim.watch(List.of(1, 2, 4), bench.now());

        assertThat(swim.newsWaiting()).isZero();
        assertThat(swim.count(MemberHealth.DEAD) + swim.count(MemberHealth.SUSPECT))
                .isZero();
        swim.watch(List.of(1, 2, 3, 4), bench.now());
        assertThat(swim.health(OTHER)).isEqualTo(MemberHealth.ALIVE);
        bench.forget();
        bench.hear(2, dead(OTHER, 0, 2, 5));
        assertThat(bench.believed()).as("observers who are members").containsExactly(dead(OTHER, 0, 2));
        swim.watch(List.of(1, 3, 4), bench.now());
        bench.hear(4, dead(OTHER, 0, 4));
        assertThat(bench.believed().get(1)).as("observers who stayed").isEqualTo(dead(OTHER, 0, 4));
    }

    @Test
    void everyMemberIsProbedInBoundedTime() {
        SwimBench many = new SwimBench(40, new SwimPace(1_000, 3, 500, 3, 4));
        many.run(1_000);
        many.silent(17);
        long silent = many.now();
        while (many.swim().health(17) == MemberHealth.ALIVE) {
            many.run(10);
        }

        assertThat(many.now() - silent).isLessThanOrEqualTo(2 * 13 * 1_000 + 1_010);
    }

    @Test
    void paceHasRanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SwimPace(0, 1, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SwimPace(1, 0, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SwimPace(1, 1, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SwimPace(1, 1, 1, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SwimPace(1, 1, 1, 0, 0));
    }
}
