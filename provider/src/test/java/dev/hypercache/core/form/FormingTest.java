package dev.hypercache.core.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.FormAnswer.Denied;
import dev.hypercache.core.form.FormAnswer.InRing;
import dev.hypercache.core.form.FormAnswer.Promised;
import dev.hypercache.core.form.FormRequest.Accept;
import dev.hypercache.core.form.FormRequest.Prepare;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When seeds become a ring, and who is refused: single steps; whole runs are those of {@link FormingSimulationTest}. */
final class FormingTest {

    private static final List<Address> SEEDS = List.of(new Address("b", 1), new Address("a", 1), new Address("c", 1));
    private static final RingTerms TERMS = terms("books", 16);

    private long ids;
    private final Node a = new Node("a");
    private final Node b = new Node("b");
    private final Node c = new Node("c");

    /** One life of a node. */
    private final class Node {
        private final SeedCard card;
        private final Forming forming;

        Node(String host) {
            this(host, "node-" + host, TERMS, SEEDS, true, FormingPace.DEFAULTS);
        }

        Node(String host, String name, RingTerms terms, List<Address> seeds, boolean fixed, FormingPace pace) {
            NodeProfile profile = new NodeProfile(name, uuid(), new Address(host, 1), 100, "");
            card = new SeedCard(profile, terms, null);
            forming = new Forming(
                    card,
                    new Forming.Electorate(fixed, 3),
                    pace,
                    new Forming.Chances(bound -> 0, FormingTest.this::uuid));
            forming.seeds(seeds);
        }

        Address at() {
            return card.profile().address();
        }

        SeedCard shown() {
            Payload founding = forming.membership();
            return founding == null ? card : card.inRing(founding);
        }
    }

    private UUID uuid() {
        return new UUID(0, ++ids);
    }

    private static RingTerms terms(String cluster, int slots) {
        return new RingTerms(cluster, slots, RingTerms.KEY_HASH, 3, new TreeMap<>());
    }

    /** Lets nodes talk without loss for a while; nobody else answers. */
    private static void talk(long fromMillis, long untilMillis, Node... nodes) {
        for (long now = fromMillis; now < untilMillis; now += 100) {
            for (Node asker : nodes) {
                for (Ask ask : asker.forming.tick(now)) {
                    perform(asker, ask, now, nodes);
                }
            }
        }
    }

    private static void perform(Node asker, Ask ask, long now, Node... nodes) {
        FormRequest request = ask.request();
        for (Node asked : nodes) {
            if (!asked.at().equals(ask.to())) {
                continue;
            }
            if (request == null) {
                asker.forming.heard(ask.to(), asked.shown(), now, now);
            } else {
                asker.forming.answered(ask.to(), asked.forming.asked(request, now), now);
            }
        }
    }

    private static List<String> founders(Node member) {
        FoundRing ring = Foundings.read(Objects.requireNonNull(member.forming.membership()));
        return ring.founders().stream().map(NodeProfile::name).toList();
    }

    @Test
    void allSeedsFoundTheRingAtOnce() {
        talk(0, 500, b, c, a);

        assertThat(founders(a)).containsExactly("node-a", "node-b", "node-c");
        assertThat(b.forming.membership()).isEqualTo(a.forming.membership());
        assertThat(c.forming.membership()).isEqualTo(a.forming.membership());
        assertThat(a.forming.counts().ballots())
                .as("the first by address stands")
                .isOne();
        assertThat(b.forming.counts().ballots() + c.forming.counts().ballots()).isZero();
    }

    @Test
    void ringHasTheReplicasThatItsTermsSay() {
        talk(0, 5_000, b, c);

        FoundRing ring = Foundings.read(Objects.requireNonNull(b.forming.membership()));
        assertThat(ring.ring().replicationFactor()).as("it grows into them").isEqualTo(3);
        assertThat(ring.voters()).allMatch(voters -> voters.size() == 2);
        assertThat(RingTerms.of(ring.ring())).isEqualTo(TERMS);
    }

    @Test
    void majorityWaitsForTheOthersBeforeItFoundsTheRingWithoutThem() {
        talk(0, 2_900, b, c);
        assertThat(b.forming.membership()).isNull();
        assertThat(b.forming.waitsFor(2_900)).contains("the other 1 of 3 seeds", "[a:1] did not answer");

        talk(2_900, 4_500, b, c);
        assertThat(founders(b)).containsExactly("node-b", "node-c");
    }

    @Test
    void oneOfThreeFoundsNothing() {
        talk(0, 100_000, a);

        assertThat(a.forming.membership()).isNull();
        assertThat(a.forming.waitsFor(100_000))
                .isEqualTo("2 of 3 seeds, of which 1 are up, itself included: [b:1, c:1] did not answer");
    }

    @Test
    void nobodyIsLeftOutWhereAllSeedsAreNeeded() {
        FormingPace all = FormingPace.DEFAULTS.withAllSeeds();
        Node first = new Node("a", "node-a", TERMS, SEEDS, true, all);
        Node second = new Node("b", "node-b", TERMS, SEEDS, true, all);
        talk(0, 60_000, first, second);
        assertThat(first.forming.membership()).isNull();

        Node third = new Node("c", "node-c", TERMS, SEEDS, true, all);
        talk(60_000, 61_000, first, second, third);
        assertThat(founders(third)).hasSize(3);
    }

    @Test
    void whoComesLaterOrAgainIsTakenToTheMembers() {
        talk(0, 5_000, b, c);
        Node again = new Node("b");
        talk(5_000, 5_500, again, c, a);

        assertThat(again.forming.membership()).isNull();
        assertThat(again.forming.members(5_500)).containsExactly(c.at());
        assertThat(a.forming.members(5_500)).containsExactly(c.at());
        assertThat(again.forming.waitsFor(5_500)).contains("to admit it");
    }

    @Test
    void restartedFirstSeedThatIsCutOffFromTheRingFoundsNone() {
        talk(0, 500, a, b, c);
        Node again = new Node("a");
        talk(500, 60_000, again);

        assertThat(again.forming.membership()).isNull();
        assertThat(again.forming.counts().ballots()).isZero();
    }

    @Test
    void ringThatIsGoneIsNotWaitedFor() {
        talk(0, 5_000, b, c);
        talk(5_000, 5_500, a, b, c);
        Node second = new Node("b");
        Node third = new Node("c");
        talk(5_500, 20_000, a, second, third);

        assertThat(founders(a)).containsExactly("node-a", "node-b", "node-c");
        assertThat(second.forming.membership()).isEqualTo(a.forming.membership());
    }

    @Test
    void restartedSeedAcceptsNothingForItsFormerLife() {
        FoundingBallot ballot = new FoundingBallot(7, a.card.profile().boot());
        Payload founding = Foundings.make(TERMS, uuid(), uuid(), List.of(b.card.profile()));
        assertThat(b.forming.asked(new Prepare(ballot), 0)).isInstanceOf(Promised.class);

        Node again = new Node("b");
        Accept accept = new Accept(ballot, b.card.profile().boot(), founding);
        assertThat(again.forming.asked(accept, 0)).isInstanceOf(Denied.class);
        assertThat(again.forming.asked(new Prepare(ballot), 0)).isInstanceOf(Promised.class);
        assertThat(again.forming.asked(accept, 0))
                .as("still meant for the former life")
                .isInstanceOf(Denied.class);
        assertThat(b.forming.asked(accept, 0)).isInstanceOf(FormAnswer.Accepted.class);
    }

    @Test
    void voteIsGivenToOneBallotAtATime() {
        FoundingBallot low = new FoundingBallot(3, a.card.profile().boot());
        FoundingBallot high = new FoundingBallot(4, c.card.profile().boot());
        Payload founding = Foundings.make(TERMS, uuid(), uuid(), List.of(b.card.profile()));
        UUID voter = b.card.profile().boot();
        b.forming.asked(new Prepare(low), 0);
        b.forming.asked(new Prepare(high), 0);

        assertThat(b.forming.asked(new Prepare(low), 0)).isEqualTo(new Denied(low, high, voter));
        assertThat(b.forming.asked(new Accept(low, voter, founding), 0)).isEqualTo(new Denied(low, high, voter));
    }

    @Test
    void memberVotesForNobodyAndSaysSo() {
        talk(0, 500, a, b, c);
        Payload founding = Objects.requireNonNull(a.forming.membership());

        assertThat(b.forming.asked(new Prepare(new FoundingBallot(99, uuid())), 500))
                .isEqualTo(new InRing(founding, true));
    }

    @Test
    void whoAsksForAdmissionVotesForNobody() {
        a.forming.joining(true);
        assertThat(a.forming.asked(new Prepare(new FoundingBallot(1, uuid())), 0))
                .isInstanceOf(Denied.class);

        a.forming.joining(false);
        assertThat(a.forming.asked(new Prepare(new FoundingBallot(1, uuid())), 0))
                .isInstanceOf(Promised.class);
    }

    @Test
    void nodesThatWantDifferentRingsAreRefusedWithBothValues() {
        Node other = new Node("b", "node-b", terms("films", 32), SEEDS, true, FormingPace.DEFAULTS);
        talk(0, 200, a, other);

        assertThat(a.forming.refusal())
                .contains("node-b", "b:1", "hypercache.ring.slots is 32 there and 16 here")
                .contains("hypercache.cluster.name is films there and books here");
        assertThat(other.forming.refusal()).contains("hypercache.ring.slots is 16 there and 32 here");
    }

    @Test
    void twoLivingNodesOfOneNameAreBothRefusedAndOthersGoOn() {
        Node twin = new Node("b", "node-a", TERMS, SEEDS, true, FormingPace.DEFAULTS);
        talk(0, 1_000, a, twin, c);

        assertThat(a.forming.refusal()).contains("two living nodes are called 'node-a'", "hypercache.node.name");
        assertThat(twin.forming.refusal()).contains("two living nodes are called 'node-a'");
        assertThat(c.forming.refusal()).isNull();
        assertThat(c.forming.counts().twins()).isPositive();
    }

    @Test
    void restartIsNoTwin() {
        talk(0, 300, a, b);
        Node again = new Node("b");
        talk(300, 1_000, a, again);

        assertThat(a.forming.counts().twins()).isZero();
        assertThat(a.forming.refusal()).isNull();
    }

    @Test
    void seedIsWrittenAsItAdvertisesItself() {
        Node elsewhere = new Node("x", "node-b", TERMS, SEEDS, true, FormingPace.DEFAULTS);
        a.forming.heard(new Address("b", 1), elsewhere.card, 0, 0);

        assertThat(a.forming.refusal()).contains("node-b", "b:1", "x:1", "as it advertises itself");
    }

    @Test
    void nodeThatIsNoSeedWaitsForTheRingOfTheOthers() {
        Node guest = new Node("d");
        talk(0, 2_000, guest, a);
        assertThat(guest.forming.waitsFor(2_000)).contains("a ring among its seeds", "which it is none of");

        talk(2_000, 3_000, guest, a, b, c);
        assertThat(founders(a)).hasSize(3);
        assertThat(guest.forming.members(3_000)).isNotEmpty();
    }

    @Test
    void changingListCountsSilentAddressesAndEachNodeOnce() {
        List<Address> listed = new ArrayList<>(SEEDS);
        listed.add(new Address("d", 1));
        listed.add(new Address("e", 1));
        Node seed = new Node("a", "node-a", TERMS, listed, false, FormingPace.DEFAULTS);
        talk(0, 20_000, seed, b);
        assertThat(seed.forming.waitsFor(20_000)).startsWith("3 of 5 seeds, of which 2 are up");

        // One node at three of the addresses.
        for (String address : List.of("b", "c", "d")) {
            seed.forming.heard(new Address(address, 1), b.card, 20_000, 20_000);
        }
        assertThat(seed.forming.tick(20_000)).isNotEmpty();
        assertThat(seed.forming.waitsFor(20_000))
                .startsWith("the other 1 of 3 seeds")
                .contains("[e:1]");
    }

    @Test
    void nodeFindsItselfInAChangingListByItsOwnAnswer() {
        List<Address> listed = List.of(new Address("10.0.0.1", 1));
        Node seed = new Node("a", "node-a", TERMS, listed, false, FormingPace.DEFAULTS);
        assertThat(seed.forming.waitsFor(0)).contains("which it is none of");

        seed.forming.heard(listed.get(0), seed.card, 0, 0);

        assertThat(seed.forming.waitsFor(0)).startsWith("2 of 3 seeds, of which 1 are up");
    }

    @Test
    void foundingOfWhichNoFounderLivesIsNotProposedAgain() {
        Payload dead = Foundings.make(TERMS, uuid(), uuid(), List.of(new Node("b").card.profile()));
        FoundingBallot former = new FoundingBallot(1, uuid());
        c.forming.asked(new Prepare(former), 0);
        c.forming.asked(new Accept(former, c.card.profile().boot(), dead), 0);

        talk(10_000, 11_000, a, b, c);

        assertThat(founders(a)).containsExactly("node-a", "node-b", "node-c");
    }

    @Test
    void acceptedFoundingIsProposedAgain() {
        Payload accepted = Foundings.make(TERMS, uuid(), uuid(), List.of(b.card.profile(), c.card.profile()));
        FoundingBallot former = new FoundingBallot(1, uuid());
        c.forming.asked(new Prepare(former), 0);
        c.forming.asked(new Accept(former, c.card.profile().boot(), accepted), 0);

        talk(10_000, 12_000, a, b, c);

        assertThat(b.forming.membership()).isEqualTo(accepted);
        assertThat(c.forming.membership()).isEqualTo(accepted);
        assertThat(a.forming.membership()).as("it is no founder").isNull();
        assertThat(a.forming.members(12_000)).contains(b.at(), c.at());
    }
}
