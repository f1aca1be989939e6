package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.FormingPace;
import dev.hypercache.core.form.FoundingSamples;
import dev.hypercache.core.form.Foundings;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.RingTerms;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way into a ring over HTTP, on sockets of this machine. */
@Timeout(120)
final class RingEntranceTest {

    private static final FormingPace PACE = new FormingPace(1_000, 10_000, 500, 2_000, 5_000, 10_000);
    private static final RingTerms TERMS = new RingTerms("books", 16, RingTerms.KEY_HASH, 3, new TreeMap<>());

    @TempDir
    private Path directory;

    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Abandonment unwanted = new Abandonment();
    private List<String> addresses;

    @BeforeEach
    void choosePorts() throws IOException {
        addresses = SocketManagers.addresses(3);
    }

    @AfterEach
    void close() throws Exception {
        unwanted.say();
        for (AutoCloseable each : open) {
            each.close();
        }
        metrics.close();
    }

    /** A node that looks for a ring. */
    private final class Node {
        private final SeedCard card;
        private final SeedDoor door;
        private final ReformDesk reforms;
        private final PortSecurity security;

        Node(String name, String address, RingTerms terms) {
            NodeProfile profile = new NodeProfile(name, UUID.randomUUID(), Address.parse(address), 100, "");
            security = PortSecurity.open(name);
            card = new SeedCard(profile, terms, null);
            reforms = new ReformDesk(profile, security, metrics.node());
            door = new SeedDoor(card, security, metrics.node(), reforms);
            open.add(door);
            open.add(reforms);
        }

        RouteTable routes() {
            RouteTable.Builder routes = RouteTable.builder();
            door.addTo(routes);
            return routes.build();
        }

        CompletableFuture<RingEntry> enter(String seeds, int patienceMillis) {
            Properties properties = new Properties();
            properties.setProperty("hypercache.bind", card.profile().address().toString());
            properties.setProperty("hypercache.seeds", seeds);
            properties.setProperty("hypercache.bootstrap.expect", "2");
            Settings settings = Settings.load(ManagerUri.of(null), properties, Sources.none());
            RingEntrance entrance = new RingEntrance(
                    card,
                    RingSeeds.of(settings, card.profile().address()),
                    new RingEntrance.Ground(
                            security, metrics.node(), PACE, new Patience(patienceMillis, unwanted), reforms));
            return Aside.supply(() -> entrance.enter(card.profile().address(), routes(), door));
        }

        /** Serves its port as a member does. */
        void serve(Payload founding, @Nullable JoinDesk desk) {
            door.show(card.inRing(founding));
            if (desk != null) {
                door.admit(desk);
            }
            WaitingPort port =
                    new WaitingPort(card.profile().name(), card.profile().address(), routes(), security);
            open.add(0, port);
            port.open();
        }
    }

    private Node node(int number) {
        return new Node("n" + number, addresses.get(number), TERMS);
    }

    private String seeds() {
        return String.join(",", addresses);
    }

    private static RingEntry get(CompletableFuture<RingEntry> entering) throws Exception {
        return entering.get(60, TimeUnit.SECONDS);
    }

    private static List<String> founders(RingEntry entry) {
        assertThat(entry).isInstanceOf(RingEntry.Founded.class);
        return Foundings.read(entry.founding()).founders().stream()
                .map(NodeProfile::name)
                .sorted()
                .toList();
    }

    private static Payload founding(Node founder) {
        return FoundingSamples.of(TERMS, founder.card.profile());
    }

    /** Admits whoever comes, at the second try. */
    private static final class Desk implements JoinDesk {
        private final AtomicInteger asked = new AtomicInteger();
        private final @Nullable NodeProfile member;

        Desk(@Nullable NodeProfile member) {
            this.member = member;
        }

        @Override
        public JoinAnswer admit(JoinRequest request) {
            if (asked.incrementAndGet() == 1) {
                return new JoinAnswer.Wait("the ring's majority", 10, List.of());
            }
            NodeId id = new NodeId(request.profile().name(), new Incarnation(9));
            return new JoinAnswer.Admitted(
                    new RingId(new UUID(1, 1), 2), id, 12, Payload.of(new byte[] {7}), "founding", "now");
        }

        @Override
        public @Nullable NodeProfile member(String name) {
            return member != null && member.name().equals(name) ? member : null;
        }
    }

    @Test
    void majorityOfTheSeedsFoundsTheRingWithoutTheLast() throws Exception {
        CompletableFuture<RingEntry> one = node(0).enter(seeds(), 60_000);
        CompletableFuture<RingEntry> other = node(1).enter(seeds(), 60_000);

        assertThat(founders(get(one))).containsExactly("n0", "n1");
        assertThat(get(other)).isEqualTo(get(one));
        assertThat(metrics.node().read(MetricName.FORMING_BALLOTS)).isPositive();
        assertThat(metrics.node().read(MetricName.FORMING_VOTES)).isPositive();
    }

    @Test
    void lastOneIsAdmittedByAMember() throws Exception {
        Node founder = node(0);
        Payload founding = founding(founder);
        Desk desk = new Desk(null);
        founder.serve(founding, desk);

        RingEntry.Joined joined = (RingEntry.Joined) get(node(2).enter(seeds(), 60_000));

        assertThat(joined.founding()).isEqualTo(founding);
        assertThat(joined.admitted().node()).isEqualTo(new NodeId("n2", new Incarnation(9)));
        assertThat(joined.admitted().snapshot()).isEqualTo(Payload.of(new byte[] {7}));
        assertThat(joined.admitted().index()).isEqualTo(12);
        assertThat(metrics.node().read(MetricName.JOINS_ADMITTED)).isOne();
        assertThat(metrics.node().read(MetricName.JOINS_DEFERRED)).isOne();
    }

    @Test
    void memberThatIsAboutToTakePartLetsWait() throws Exception {
        Node founder = node(0);
        founder.serve(founding(founder), null);

        assertThatThrownBy(() -> get(node(2).enter(seeds(), 1_500)))
                .hasMessageContaining("no ring came about within 1500 ms")
                .hasMessageContaining("about to take part, as " + addresses.get(0) + " says");
    }

    @Test
    void ringOfFixedMembersRefusesWithBothValues() {
        Node founder = node(0);
        founder.serve(founding(founder), new FixedMembers(founder.card));
        RingTerms other = new RingTerms("books", 32, RingTerms.KEY_HASH, 3, new TreeMap<>());

        assertThatThrownBy(() -> get(new Node("n2", addresses.get(2), other).enter(seeds(), 60_000)))
                .cause()
                .isInstanceOf(RingRefusedException.class)
                .hasMessageContaining("hypercache.ring.slots is 16 there and 32 here");
        assertThatThrownBy(() -> get(node(1).enter(seeds(), 60_000)))
                .cause()
                .hasMessageContaining("start them together");
        assertThat(metrics.node().read(MetricName.JOINS_REFUSED)).isEqualTo(2);
    }

    @Test
    void secondLivingNodeOfANameIsRefusedByTheRing() {
        Node founder = node(0);
        Node living = node(1);
        living.serve(founding(founder), null);
        founder.serve(founding(founder), new Desk(living.card.profile()));

        String seedsOfNewcomer = addresses.get(0) + "," + addresses.get(2); // It does not meet the other one.
        assertThatThrownBy(() -> get(new Node("n1", addresses.get(2), TERMS).enter(seedsOfNewcomer, 60_000)))
                .cause()
                .hasMessageContaining("two living nodes are called 'n1'")
                .hasMessageContaining(addresses.get(1))
                .hasMessageContaining(addresses.get(2));
        assertThat(metrics.node().read(MetricName.NAME_CONFLICTS)).isOne();
    }

    @Test
    void nodeThatWasRestartedIsNoSecondOne() throws Exception {
        Node founder = node(0);
        founder.serve(founding(founder), new Desk(node(1).card.profile()));

        assertThat(get(node(1).enter(seeds(), 60_000))).isInstanceOf(RingEntry.Joined.class);
        assertThat(metrics.node().read(MetricName.NAME_CONFLICTS)).isZero();
    }

    @Test
    void twoSeedsOfOneNameRefuseEachOther() {
        CompletableFuture<RingEntry> one = new Node("same", addresses.get(0), TERMS).enter(seeds(), 60_000);
        CompletableFuture<RingEntry> other = new Node("same", addresses.get(1), TERMS).enter(seeds(), 60_000);

        assertThatThrownBy(() -> CompletableFuture.anyOf(one, other).get(60, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("two living nodes are called 'same'");
        assertThat(metrics.node().read(MetricName.NAME_CONFLICTS)).isPositive();
        // The other one may have seen it, too, before the first ended; else it waits alone.
        unwanted.say();
        assertThatThrownBy(() -> get(one)).cause().isInstanceOf(RingRefusedException.class);
        assertThatThrownBy(() -> get(other)).cause().isInstanceOf(RingRefusedException.class);
    }

    @Test
    void seedsInAFileMayBeWrittenWhileNodesWait() throws Exception {
        Path file = directory.resolve("seeds");
        CompletableFuture<RingEntry> one = node(0).enter("file:" + file, 60_000);
        CompletableFuture<RingEntry> other = node(1).enter("file:" + file, 60_000);
        Files.writeString(file, addresses.get(0) + "\n" + addresses.get(1) + "\n");

        assertThat(founders(get(one))).containsExactly("n0", "n1");
        assertThat(get(other)).isEqualTo(get(one));
    }

    @Test
    void nodeThatWaitsSaysForWhom() {
        assertThatThrownBy(() -> get(node(0).enter("file:" + directory.resolve("none"), 1_500)))
                .cause()
                .hasMessageContaining("its seeds: their source names none")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> get(node(1).enter(seeds(), 3_000)))
                .cause()
                .hasMessageContaining("2 of 3 seeds, of which 1 are up")
                .hasMessageContaining(addresses.get(2))
                .hasMessageContaining("Start a majority");
    }
}
