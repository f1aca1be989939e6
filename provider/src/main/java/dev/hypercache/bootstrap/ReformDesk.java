package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.core.reform.ReformMessage;
import dev.hypercache.core.reform.ReformPort;
import dev.hypercache.core.reform.Reforming;
import dev.hypercache.runtime.ring.Reformer;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.PortSecurity;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in the agreement on its ring's next generation, behind a lock and beside a clock: as one that came back and waits to be
 * let in, later as a member. Looks every {@value #TICK_MILLIS} ms while there is something to look at.
 */
final class ReformDesk implements ReformPort, Reformer, AutoCloseable {

    private static final int TICK_MILLIS = 100;

    private final NodeProfile self;
    private final PortSecurity security;
    private final MetricSet metrics;
    private final NodeLog log;
    private final ReformPost post;
    private final ScheduledThreadPoolExecutor ticker;
    private final ReformAddresses addresses = new ReformAddresses();
    private ReformSeat seat = new WaitingSeat(this::decided);
    private @Nullable Payload founding;
    private RingEntry.@Nullable Reformed entry;
    /** Of the present generation, and of the one before, about which somebody may still ask. */
    private @Nullable Reforming present;

    private @Nullable RingId presentRing;
    private @Nullable Reforming former;
    private @Nullable RingId formerRing;
    private boolean joining;
    private boolean ticking;
    private boolean closed;

    ReformDesk(NodeProfile self, PortSecurity security, MetricSet metrics) {
        this.self = self;
        this.security = security;
        this.metrics = metrics;
        this.log = NodeLog.of(ReformDesk.class, self.name());
        this.post = new ReformPost(self.name(), new SeedClient(security), log);
        this.ticker = DaemonTimer.named("hypercache-reform-" + self.name());
    }

    /** The next generation begins with this node, though it waits still. */
    private void decided(ReformDecision decision) {
        Payload known = founding;
        if (known != null && RaftTopology.includes(decision, self)) {
            entry = new RingEntry.Reformed(known, decision);
        }
    }

    /** How the node, which waits for a ring, comes into the next generation of one; null as long as that is not decided. */
    synchronized RingEntry.@Nullable Reformed entry() {
        return entry;
    }

    /**
     * A ring has admitted the node: it has no say any more as one that waits. False if it has given its word on how that very generation
     * ends, and comes in with the next one.
     */
    synchronized boolean mayJoin(RingId ring) {
        Reforming given = present;
        joining = entry == null && (given == null || !given.isFrozen() || !ring.equals(presentRing));
        return joining;
    }

    /**
     * The node is a member from now on.
     *
     * @param itsFounding the change that founded the ring
     */
    synchronized void joined(ReformSeat member, Payload itsFounding) {
        seat = member;
        joining = false;
        founding = itsFounding;
        if (entry == null) {
            present = null;
            presentRing = null;
        } else {
            retire();
        }
        entry = null;
    }

    /** A letter came in from a member of the cluster. */
    synchronized void received(ReformLetter letter) {
        if (closed || joining || !letter.to().equals(self.boot())) {
            return;
        }
        addresses.learn(letter);
        if (founding == null) {
            founding = letter.founding();
        }
        Reforming one = of(letter.message().ring());
        if (one != null) {
            tick(one);
            one.receive(letter.from().boot(), letter.message(), nowMillis());
            awake();
        }
    }

    /** A node asks for admission under the name of a member that does not answer. */
    synchronized void returned(NodeProfile life) {
        Reforming one = current();
        if (one != null) {
            addresses.learn(life);
            tick(one); // Else what it knows by then may look older than this.
            one.returned(life);
            awake();
        }
    }

    @Override
    public synchronized void declareDead(Collection<UUID> boots) {
        Reforming one = current();
        if (one != null) {
            boots.forEach(one::declaredDead);
            awake();
        }
    }

    @Override
    public synchronized Set<UUID> missing() {
        Reforming one = current();
        return one == null ? Set.of() : new TreeSet<>(one.missing());
    }

    private @Nullable Reforming current() {
        RingId ring = seat.ring();
        return ring == null ? present : of(ring);
    }

    private @Nullable Reforming of(RingId ring) {
        if (ring.equals(presentRing)) {
            return present;
        }
        if (ring.equals(formerRing)) {
            return former;
        }
        RingId own = seat.ring();
        boolean isNew = own == null ? isLater(ring) : ring.equals(own);
        if (!isNew) {
            return null;
        }
        presentRing = ring;
        present = new Reforming(ring, self.boot(), this);
        return present;
    }

    /** Whoever waits takes part in the generation that it heard of last. */
    private boolean isLater(RingId ring) {
        RingId known = presentRing;
        return known == null || entry == null && known.id().equals(ring.id()) && known.generation() < ring.generation();
    }

    private void awake() {
        if (!ticking && !closed) {
            ticking = true;
            later();
        }
    }

    private void later() {
        try {
            var unused = ticker.schedule(this::look, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            ticking = false;
        }
    }

    private synchronized void look() {
        try {
            Reforming one = current();
            if (one != null) {
                tick(one);
            }
            ticking = one != null && !one.isIdle();
        } catch (RuntimeException | Error e) {
            log.error("ring").setCause(e).log("A step towards the ring's next generation failed; it is tried again.");
        }
        if (ticking) {
            later();
        }
    }

    private void tick(Reforming one) {
        one.tick(seat.state(), seat.voters(), seat.leader(), nowMillis());
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void send(UUID boot, ReformMessage message) {
        Address to = addresses.of(boot, seat.state());
        if (to != null) {
            post.send(to, new ReformLetter(self, boot, founding, message));
        }
    }

    @Override
    public ControlState freeze() {
        log.warn("ring")
                .log(
                        "The ring's topology log has lost its majority for good: its survivors agree on how the ring goes on.");
        return seat.freeze();
    }

    @Override
    public void begin(ReformDecision decision) {
        RingId from = decision.reform().from();
        log.warn("ring")
                .addKeyValue("from", from)
                .addKeyValue("returned", decision.reform().returned().size())
                .addKeyValue("gone", decision.reform().gone())
                .log("The ring goes on in its next generation. What slots lost is treated by hypercache.loss.policy.");
        metrics.count(MetricName.REFORMS);
        security.audit()
                .record(
                        "RING_REFORMED",
                        "ring",
                        from.toString(),
                        "gone",
                        String.valueOf(decision.reform().gone()));
        seat.begin(decision);
        if (seat.ring() != null) {
            retire();
        }
    }

    private void retire() {
        former = present;
        formerRing = Objects.requireNonNull(presentRing, "decided");
        present = null;
        presentRing = null;
    }

    @Override
    public int dice(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        ticker.shutdownNow();
        post.close();
    }
}
