package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.FoundRing;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.RingSettings;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes of a list of seeds become a ring: the first of the list waits for the cards of all others, and founds it with
 * exactly these lives of them; the others take over what it founded.
 *
 * <p>Silence is no consent: as long as one of them does not answer there is no ring, so there are never two. A node that finds a
 * ring without itself among the founders is refused. Pure: whoever calls asks and waits.
 */
final class RingFormation {

    private final SeedCard self;
    private final List<Address> seeds;
    private final Map<Address, SeedCard> heard = new TreeMap<>();

    /**
     * @param seeds all nodes of the ring, this one among them
     * @throws RingRefusedException if it is not
     */
    RingFormation(SeedCard self, List<Address> seeds) {
        this.self = self;
        this.seeds = seeds.stream().sorted().toList();
        if (!seeds.contains(self.profile().address())) {
            throw new RingRefusedException("node '" + self.profile().name() + "' advertises "
                    + self.profile().address() + ", which is not among hypercache.seeds " + this.seeds
                    + ": members of this release are exactly the seeds. Add it to the list of every node, or set"
                    + " hypercache.advertise to the address that stands there.");
        }
    }

    /** The seeds that are to be asked. */
    List<Address> others() {
        return seeds.stream()
                .filter(seed -> !seed.equals(self.profile().address()))
                .toList();
    }

    /** The seeds that have not answered. */
    List<Address> silent() {
        return others().stream().filter(seed -> !heard.containsKey(seed)).toList();
    }

    /**
     * A seed answered.
     *
     * @throws RingRefusedException if the two cannot be in one ring
     */
    void heard(Address seed, SeedCard card) {
        String other = "node '" + card.profile().name() + "' at " + seed;
        if (!card.cluster().equals(self.cluster())) {
            throw new RingRefusedException(other + " is of cluster '" + card.cluster() + "', this one of '"
                    + self.cluster() + "'. Give all nodes the same hypercache.cluster.name, or other seeds.");
        }
        if (card.slots() != self.slots() || card.replicas() != self.replicas()) {
            throw new RingRefusedException(other + " has hypercache.ring.slots=" + card.slots()
                    + " and hypercache.replication.factor=" + card.replicas() + ", this one " + self.slots() + " and "
                    + self.replicas() + ". Give all nodes the same.");
        }
        if (!card.profile().address().equals(seed)) {
            throw new RingRefusedException(other + " advertises "
                    + card.profile().address() + ". Write each node in hypercache.seeds as it advertises itself.");
        }
        heard.put(seed, card);
        requireNames();
    }

    private void requireNames() {
        Set<String> names = new HashSet<>();
        names.add(self.profile().name());
        for (SeedCard card : heard.values()) {
            if (!names.add(card.profile().name())) {
                throw new RingRefusedException(
                        "two nodes are called '" + card.profile().name()
                                + "', one of them at " + card.profile().address()
                                + ". Give each its own hypercache.node.name.");
            }
        }
    }

    /**
     * The change that founds the ring, once there is one.
     *
     * @return null as long as this node has to wait
     * @throws RingRefusedException if there is a ring without this node
     */
    @Nullable
    Payload founding() {
        for (SeedCard card : heard.values()) {
            Payload founding = card.founding();
            if (founding != null) {
                requireFounder(founding, card);
                return founding;
            }
        }
        boolean isFirst = seeds.get(0).equals(self.profile().address());
        return isFirst && silent().isEmpty() ? found() : null;
    }

    private void requireFounder(Payload founding, SeedCard card) {
        FoundRing ring = (FoundRing) ControlChange.decode(founding).command();
        boolean isFounder = ring.founders().contains(self.profile());
        if (!isFounder) {
            throw new RingRefusedException(
                    "the ring " + ring.ring().ring().id() + " was formed without this life of node '"
                            + self.profile().name() + "', as " + card.profile().address()
                            + " says: members of this release are fixed when the ring forms, so a node that was restarted"
                            + " cannot return. Stop all nodes and start them together; the ring works without this one meanwhile.");
        }
    }

    private Payload found() {
        List<NodeProfile> founders = new ArrayList<>();
        for (Address seed : seeds) {
            SeedCard card = heard.get(seed);
            founders.add(card == null ? self.profile() : card.profile());
        }
        RingSettings fixed = new RingSettings(
                new RingId(UUID.randomUUID(), 1),
                self.slots(),
                Math.min(founders.size(), self.replicas()),
                new TreeMap<>());
        return new ControlChange(UUID.randomUUID(), TopologyPlanner.found(fixed, founders)).encode();
    }
}
