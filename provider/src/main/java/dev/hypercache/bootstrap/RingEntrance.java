package dev.hypercache.bootstrap;

import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.Forming;
import dev.hypercache.core.form.FormingPace;
import dev.hypercache.core.form.Foundings;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.RouteTable;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node's way into a ring: it founds one with its seeds, or asks a member of the one that is there to be admitted, and says every five
 * seconds what it waits for. Meanwhile it answers others at its port. For one use by one thread.
 */
final class RingEntrance {

    private static final long TICK_MILLIS = 100;
    private static final long LOOK_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 500;
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SeedCard self;
    private final RingSeeds seeds;
    private final Ground ground;
    private final NodeLog log;
    private final SeedClient client;
    private final FormingDesk desk;
    private long joinAtMillis;
    private String joinWait = "";

    /**
     * What an entrance stands on.
     *
     * @param security how callers and seeds are known
     * @param metrics where the node counts
     * @param pace how long seeds wait for each other
     * @param patience how long the node waits, and what ends that
     * @param reforms brings it into a ring that lost its majority and goes on with those who came back
     */
    record Ground(PortSecurity security, MetricSet metrics, FormingPace pace, Patience patience, ReformDesk reforms) {}

    /**
     * @param self the node's own card, in no ring
     * @param seeds whom it asks
     */
    RingEntrance(SeedCard self, RingSeeds seeds, Ground ground) {
        this.self = self;
        this.seeds = seeds;
        this.ground = ground;
        this.log = NodeLog.of(RingEntrance.class, self.profile().name());
        this.client = new SeedClient(ground.security());
        Forming.Chances chances =
                new Forming.Chances(bound -> ThreadLocalRandom.current().nextLong(bound), UUID::randomUUID);
        this.desk = new FormingDesk(new Forming(self, seeds.electorate(), ground.pace(), chances), ground.metrics());
    }

    /**
     * Waits until the node is in a ring. The door shows that it is from then on.
     *
     * @param bind where it listens meanwhile
     * @param routes what it serves meanwhile, the door among it
     * @param door answers those who want to be in a ring with it
     * @throws RingRefusedException if it can be in none, not in time, or nobody wants it any more
     */
    RingEntry enter(Address bind, RouteTable routes, SeedDoor door) {
        if (seeds.isAlone()) {
            log.warn("ring")
                    .log(
                            "hypercache.seeds is unset: this node founds a ring of its own, which others join by its address.");
        }
        desk.seeds(seeds.source().isFixed() ? seeds.source().seeds() : List.of());
        door.vote(desk::asked);
        try (WaitingPort port = new WaitingPort(self.profile().name(), bind, routes, ground.security());
                SeedAsks asks = new SeedAsks(self.profile().name(), seeds.source(), client, desk)) {
            port.open();
            RingEntry entry = await(asks);
            door.show(self.inRing(entry.founding()));
            asks.perform(desk.tick()); // Whoever voted is told before this port is silent for a moment.
            record(entry);
            return entry;
        } catch (RingRefusedException e) {
            ground.security().audit().record("RING_REFUSED", "reason", String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void record(RingEntry entry) {
        if (entry instanceof RingEntry.Joined joined) {
            JoinAnswer.Admitted admitted = joined.admitted();
            log.info("ring").addKeyValue("ring", admitted.ring()).log("The ring admitted this node.");
            ground.security()
                    .audit()
                    .record(
                            "RING_JOINED",
                            "ring",
                            admitted.ring().toString(),
                            "as",
                            admitted.node().toString());
        } else if (entry instanceof RingEntry.Reformed reformed) {
            String from = reformed.decision().reform().from().toString();
            log.info("ring").addKeyValue("from", from).log("This node came back into the next generation of its ring.");
            ground.security().audit().record("RING_JOINED", "from", from);
        } else {
            FoundRing founding = Foundings.read(entry.founding());
            String founders =
                    founding.founders().stream().map(NodeProfile::name).toList().toString();
            log.info("ring")
                    .addKeyValue("ring", founding.ring().ring())
                    .log("This node founded its ring with " + founders + ".");
            ground.security()
                    .audit()
                    .record("RING_FORMED", "ring", founding.ring().ring().toString(), "founders", founders);
        }
    }

    private RingEntry await(SeedAsks asks) {
        long startedNanos = System.nanoTime();
        long loggedNanos = startedNanos;
        long lookMillis = 0;
        while (true) {
            if (!seeds.source().isFixed() && desk.nowMillis() >= lookMillis) {
                asks.look();
                lookMillis = desk.nowMillis() + LOOK_MILLIS;
            }
            asks.perform(desk.tick());
            RingEntry entry = entry();
            if (entry != null) {
                return entry;
            }
            requireHope(asks);
            long now = System.nanoTime();
            if (now - startedNanos
                    > TimeUnit.MILLISECONDS.toNanos(ground.patience().millis())) {
                throw new RingRefusedException(
                        "no ring came about within " + ground.patience().millis() + " ms: the node waited for "
                                + waitsFor(asks) + ". Start a majority of the seeds.");
            }
            if (now - loggedNanos > LOG_NANOS) {
                loggedNanos = now;
                log.info("ring").log("The node waits for " + waitsFor(asks) + ".");
            }
            ground.patience().unwanted().pause(TICK_MILLIS);
            requireWanted(asks);
        }
    }

    private String waitsFor(SeedAsks asks) {
        boolean isJoining = !joinWait.isEmpty() && !desk.members().isEmpty();
        return (isJoining ? joinWait : desk.waitsFor()) + asks.troubles();
    }

    private void requireHope(SeedAsks asks) {
        String refusal = desk.refusal();
        if (refusal != null) {
            log.error("ring").log("This node can be in no ring with its seeds: " + refusal);
            throw new RingRefusedException(refusal);
        }
        RingRefusedException refused = asks.refusal();
        if (refused != null) {
            throw refused;
        }
    }

    private void requireWanted(SeedAsks asks) {
        if (ground.patience().unwanted().isSaid()) {
            throw new RingRefusedException(
                    "the cache manager was closed while its node waited to form a ring: it waited for " + waitsFor(asks)
                            + ".");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new RingRefusedException("the node was interrupted while it waited for its seeds.");
        }
    }

    private @Nullable RingEntry entry() {
        Payload membership = desk.membership();
        if (membership != null) {
            return new RingEntry.Founded(membership);
        }
        RingEntry reformed = ground.reforms().entry();
        if (reformed != null) {
            return reformed;
        }
        List<Address> members = desk.members();
        if (members.isEmpty() || desk.nowMillis() < joinAtMillis) {
            return null;
        }
        return join(members.get(ThreadLocalRandom.current().nextInt(members.size())));
    }

    private @Nullable RingEntry join(Address member) {
        Admission admission;
        desk.joining(true);
        try {
            admission = client.join(member, new JoinRequest(self.profile(), self.terms()));
        } finally {
            desk.joining(false);
        }
        long pauseMillis = RETRY_MILLIS;
        JoinAnswer answer = admission == null ? null : admission.answer();
        Payload founding = admission == null ? null : admission.founding();
        if (answer instanceof JoinAnswer.Admitted admitted && founding != null) {
            return ground.reforms().mayJoin(admitted.ring())
                    ? new RingEntry.Joined(founding, admitted)
                    : ground.reforms().entry();
        }
        if (answer instanceof JoinAnswer.Refused refused) {
            throw new RingRefusedException(refused.reason());
        }
        if (answer instanceof JoinAnswer.Wait wait) {
            pauseMillis = wait.pauseMillis();
            joinWait = wait.reason() + ", as " + member + " says";
            wait.members().forEach(desk::toldOf);
        } else {
            joinWait = "an answer of the ring: its member " + member + " gives none";
        }
        joinAtMillis =
                desk.nowMillis() + pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis);
        return null;
    }
}
