package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.member.MemberEvent;
import dev.hypercache.core.member.SwimPace;
import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.message.ProbeMissed;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What failure detection finds and does not find, in rings of 20 in virtual time (CONSISTENCY §5, MISSION phase 2).
 *
 * <p>{@code -Dhypercache.sim.seed=N} begins with that seed instead of a fresh one, {@code -Dhypercache.sim.seeds=K} takes so many.
 */
@Tag("simulation")
class GossipTest {

    private static final int MEMBERS = 20;
    private static final SwimPace PACE = new SwimPace(1_000, 3, 500, 3, 4);
    private static final SwimPace WITHOUT_HELP = new SwimPace(1_000, 3, 500, 0, 4);
    private static final long TEN_MINUTES = 600_000;
    private static final double LOSS_MOST = 0.05;
    private static final double BROKEN = 0.1;

    private final long base = Long.getLong("hypercache.sim.seed", System.nanoTime() & 0xFFFF_FFFFL);

    private static int seeds(int unsaid) {
        return Integer.getInteger("hypercache.sim.seeds", unsaid);
    }

    private static GossipRing ring(long seed) {
        return new GossipRing(MEMBERS, PACE, new Chance(seed));
    }

    private void say(String what) {
        System.out.println("gossip from seed " + base + ": " + what);
    }

    @Test
    void nobodyWhoLivesIsTakenForDead() {
        int suspicions = 0;
        int failures = 0;
        long probes = 0;
        int seeds = seeds(30);
        for (long seed = base; seed < base + seeds; seed++) {
            Chance chance = new Chance(seed);
            GossipRing ring = ring(chance.between(0, Long.MAX_VALUE - 1));
            ring.weather(LOSS_MOST * chance.below(101) / 100, chance.between(500, 15_000));
            ring.run(TEN_MINUTES);

            assertThat(ring.count(MemberEvent.DIED))
                    .as("deaths with seed " + seed)
                    .isZero();
            suspicions += ring.count(MemberEvent.REFUTED);
            failures += ring.count(MemberEvent.PROBE_FAILED);
            probes += ring.count(MemberEvent.PROBE_ANSWERED);
            ring.weather(0, 1_000);
            ring.run(20_000);
            assertThat(ring.isAgreed()).as("agreement with seed " + seed).isTrue();
        }
        say(seeds + " rings of " + MEMBERS + ", ten minutes each with up to 5 % loss: 0 deaths, " + suspicions
                + " suspicions, all refuted, " + failures + " of " + probes + " probes failed");
    }

    @Test
    void deadMemberIsFoundWithinThreeSecondsAndStaysDead() {
        List<Long> suspected = new ArrayList<>();
        List<Long> first = new ArrayList<>();
        List<Long> everywhere = new ArrayList<>();
        for (long seed = base; seed < base + seeds(100); seed++) {
            Chance chance = new Chance(seed);
            GossipRing ring = ring(chance.between(0, Long.MAX_VALUE - 1));
            ring.run(chance.between(5_000, 15_000));
            GossipNode dead = ring.node(1 + chance.below(MEMBERS));
            long killed = ring.queue().nowMillis();
            dead.crash();
            ring.run(12_000);
            List<Long> times = new ArrayList<>();
            for (GossipNode node : ring.live()) {
                suspected.add(node.found().get(0).atMillis() - killed);
                times.add(timeOf(node, MemberHealth.DEAD) - killed);
            }
            first.add(Collections.min(times));
            everywhere.addAll(times);
            assertStays(ring, dead, seed);
        }
        say("a killed member of " + MEMBERS + " is suspected after " + spread(suspected) + ", dead at the first after "
                + spread(first) + " and at each after " + spread(everywhere) + " (" + PACE + ")");
        assertThat(quantile(everywhere, 0.5)).isLessThanOrEqualTo(3_000);
    }

    private static void assertStays(GossipRing ring, GossipNode dead, long seed) {
        ring.run(10_000);
        List<Long> versions =
                ring.live().stream().map(node -> node.swim().version()).toList();
        ring.run(100 * PACE.intervalMillis());
        assertThat(ring.isAgreed()).as("agreement with seed " + seed).isTrue();
        assertThat(ring.live())
                .extracting(node -> node.swim().version())
                .as("nothing changes with seed " + seed)
                .isEqualTo(versions);
        assertThat(ring.live())
                .allSatisfy(node -> assertThat(node.observers(dead.id())).isGreaterThanOrEqualTo(2));
    }

    private static long timeOf(GossipNode node, MemberHealth health) {
        return node.found().stream()
                .filter(one -> one.health() == health)
                .mapToLong(GossipNode.Found::atMillis)
                .findFirst()
                .orElseThrow();
    }

    private static long quantile(List<Long> millis, double part) {
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.round(part * (sorted.size() - 1))));
    }

    private static String spread(List<Long> millis) {
        return quantile(millis, 0) + "/" + quantile(millis, 0.5) + "/" + quantile(millis, 0.95) + "/"
                + quantile(millis, 1) + " ms (least, median, 95 %, most)";
    }

    @Test
    void halvesTakeEachOtherForDeadAndFindEachOtherAgain() {
        long worst = 0;
        for (long seed = base; seed < base + seeds(20); seed++) {
            GossipRing ring = ring(seed);
            ring.run(5_000);
            ring.reach((from, to) -> from <= MEMBERS / 2 == to <= MEMBERS / 2);
            ring.run(60_000);
            for (GossipNode node : ring.live()) {
                boolean isLow = node.id() <= MEMBERS / 2;
                for (int other = 1; other <= MEMBERS; other++) {
                    boolean isSame = isLow == other <= MEMBERS / 2;
                    assertThat(node.swim().health(other))
                            .as("%d sees %d with seed %d", node.id(), other, seed)
                            .isEqualTo(isSame ? MemberHealth.ALIVE : MemberHealth.DEAD);
                }
            }
            ring.reach((from, to) -> true);
            long healed = ring.queue().nowMillis();
            while (!ring.isAgreed() && ring.queue().nowMillis() < healed + 60_000) {
                ring.run(50);
            }
            assertThat(ring.isAgreed()).as("agreement with seed " + seed).isTrue();
            worst = Math.max(worst, ring.queue().nowMillis() - healed);
        }
        say("halves agree again " + worst + " ms after the network at most");
    }

    @Test
    void memberThatStandsStillForTwoSecondsIsNotTakenForDead() {
        int suspicions = 0;
        for (long seed = base; seed < base + seeds(100); seed++) {
            Chance chance = new Chance(seed);
            GossipRing ring = ring(chance.between(0, Long.MAX_VALUE - 1));
            ring.weather(0.01, 2_000);
            ring.run(chance.between(5_000, 15_000));
            GossipNode node = ring.node(1 + chance.below(MEMBERS));
            node.pause(2_000);
            ring.run(15_000);

            assertThat(ring.count(MemberEvent.DIED))
                    .as("deaths with seed " + seed)
                    .isZero();
            assertThat(ring.isAgreed()).as("agreement with seed " + seed).isTrue();
            assertThat(node.found().stream().map(GossipNode.Found::member))
                    .as("whom the paused one accused with seed " + seed)
                    .isEmpty();
            suspicions += node.count(MemberEvent.REFUTED);
        }
        assertThat(suspicions).isPositive();
        say("a pause of 2 s brings no death, " + suspicions + " times a suspicion");
    }

    @Test
    void slowMemberDoubtsItselfAndAccusesNobody() {
        for (long seed = base; seed < base + seeds(20); seed++) {
            GossipRing ring = ring(seed);
            GossipNode slow = slowed(ring);

            assertThat(slow.found())
                    .as("whom the slow one accused with seed " + seed)
                    .isEmpty();
            assertThat(slow.count(MemberEvent.BLAMED_ITSELF)).isPositive();
            assertThat(ring.live().stream().flatMap(node -> node.found().stream()))
                    .as("who was accused by anybody with seed " + seed)
                    .allMatch(found -> found.member() == slow.id());
        }
    }

    /** A member that looks at everything later than any probe waits. */
    private static GossipNode slowed(GossipRing ring) {
        ring.run(5_000);
        GossipNode slow = ring.node(7);
        slow.slow(1_200);
        ring.run(120_000);
        return slow;
    }

    @Test
    void slowMemberAccusesOthersIfNobodyTellsItThatTheyAreWell() {
        GossipRing ring = new GossipRing(MEMBERS, WITHOUT_HELP, new Chance(base));

        assertThat(slowed(ring).found()).isNotEmpty();
    }

    @Test
    void memberThatStandsStillDiesIfItsWordDoesNotCount() {
        GossipRing ring = ring(base);
        ring.wire(GossipTest::withoutRefutations);
        ring.run(5_000);
        ring.node(3).pause(2_000);
        ring.run(15_000);

        assertThat(ring.count(MemberEvent.DIED)).isPositive();
    }

    /** A word of a member that it is alive says no more than its first one. */
    private static GossipMessage withoutRefutations(GossipMessage message) {
        List<Belief> gossip = message.gossip().stream()
                .filter(belief -> belief.health() != MemberHealth.ALIVE)
                .toList();
        if (message instanceof Probe probe) {
            return new Probe(probe.probe(), 0, gossip);
        }
        if (message instanceof ProbeAnswer answer) {
            return new ProbeAnswer(answer.probe(), 0, gossip);
        }
        if (message instanceof AskProbe ask) {
            return new AskProbe(ask.probe(), ask.member(), 0, gossip);
        }
        return new ProbeMissed(((ProbeMissed) message).probe(), 0, gossip);
    }

    @Test
    void brokenLinksAccuseFewAsLongAsOthersHelp() {
        int helped = 0;
        int alone = 0;
        for (long seed = base; seed < base + seeds(5); seed++) {
            GossipRing ring = brokenLinks(PACE, seed);
            helped += ring.count(MemberEvent.REFUTED);
            assertThat(ring.count(MemberEvent.DIED))
                    .as("deaths with seed " + seed)
                    .isZero();
            alone += brokenLinks(WITHOUT_HELP, seed).count(MemberEvent.REFUTED);
        }
        say("a tenth of all links broken: " + helped + " suspicions if others help, " + alone + " without");
        assertThat(helped).isLessThan(alone / 10);
    }

    private static GossipRing brokenLinks(SwimPace pace, long seed) {
        Chance chance = new Chance(seed);
        GossipRing ring = new GossipRing(MEMBERS, pace, chance.split());
        boolean[][] broken = new boolean[MEMBERS + 1][MEMBERS + 1];
        for (int one = 1; one <= MEMBERS; one++) {
            for (int other = one + 1; other <= MEMBERS; other++) {
                broken[one][other] = chance.happens(BROKEN);
                broken[other][one] = broken[one][other];
            }
        }
        ring.reach((from, to) -> !broken[from][to]);
        ring.run(120_000);
        return ring;
    }
}
