package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DrainMember;
import dev.hypercache.core.control.LossPolicy;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.SetReplicationFactor;
import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.reform.LogVoters;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.runtime.call.RingReport;
import dev.hypercache.runtime.call.RingReport.Health;
import dev.hypercache.runtime.call.RingReport.MemberReport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** What an operator sees and asks at one member. */
final class NodeOperations implements RingOperations {

    private static final long VOTE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final NodeParts parts;
    private final PeerWatch watch;
    private final Deaths deaths;
    private final TopologyDoor topology;
    private volatile Reformer reformer = Reformer.NONE;

    NodeOperations(NodeParts parts, PeerWatch watch, Deaths deaths, TopologyDoor topology) {
        this.parts = parts;
        this.watch = watch;
        this.deaths = deaths;
        this.topology = topology;
    }

    /** Who has the ring begin a further generation. */
    void reformBy(Reformer newReformer) {
        reformer = newReformer;
    }

    @Override
    public RingReport report() {
        ControlState state = parts.control().state();
        BitSet suspected = watch.suspected();
        BitSet dead = deaths.deadFor(0, state);
        Members members = parts.links().members();
        List<MemberReport> reports = new ArrayList<>();
        for (Member member : state.roster().members()) {
            reports.add(report(state, member, health(member.shortId(), suspected, dead)));
        }
        reports.sort(Comparator.comparing(MemberReport::name));
        Member self = members.member(members.self());
        return new RingReport(
                state.founded().ring().toString(),
                state.index(),
                state.slots().size(),
                state.founded().replicationFactor(),
                Replicas.wanting(state, suspected),
                parts.cells().withoutLeader(),
                parts.losses().count(),
                self == null ? "" : self.profile().name(),
                List.copyOf(reports));
    }

    private static Health health(int member, BitSet suspected, BitSet dead) {
        if (dead.get(member)) {
            return Health.DEAD;
        }
        return suspected.get(member) ? Health.SUSPECT : Health.ALIVE;
    }

    private static MemberReport report(ControlState state, Member member, Health health) {
        int slots = 0;
        for (SlotEntry entry : state.slots().entries()) {
            slots += entry.configuration().targets().contains(member.shortId()) ? 1 : 0;
        }
        return new MemberReport(
                member.profile().name(),
                member.incarnation().bootId(),
                member.profile().address().toString(),
                member.profile().zone(),
                member.profile().weight(),
                health,
                member.draining(),
                slots);
    }

    @Override
    public void remove(String nodeName, boolean evenIfAlive) {
        ControlState known = parts.control().state();
        Member meant = known.roster().member(nodeName);
        if (meant == null) {
            throw unknown(known, nodeName);
        }
        if (known.roster().size() == 1) {
            throw new IllegalStateException("'" + nodeName + "' is the last member of the ring; stop it instead.");
        }
        if (!evenIfAlive && !watch.suspected().get(meant.shortId())) {
            throw new IllegalStateException(
                    "'" + nodeName + "' answers this node. Stop it, which hands over what it holds;"
                            + " or ask for its removal even though it is alive, and it ends.");
        }
        String what = "member '" + nodeName + "' cannot be removed";
        if (!watch.suspected().get(meant.shortId())) {
            topology.appended(
                    parts.control().agree(what, state -> drain(state, meant)).index());
            awaitNoVote(meant);
        }
        topology.appended(
                parts.control().agree(what, state -> removal(state, meant)).index());
    }

    @Override
    public boolean hasMajority() {
        return topology.hearsMajority(watch.suspected());
    }

    private static IllegalArgumentException unknown(ControlState known, String nodeName) {
        return new IllegalArgumentException("no member of the ring is called '" + nodeName + "'; its members are "
                + known.roster().members().stream()
                        .map(member -> member.profile().name())
                        .sorted()
                        .toList());
    }

    @Override
    public void reform(Collection<String> dead) {
        ControlState known = parts.control().state();
        List<UUID> boots = new ArrayList<>();
        dead.forEach(name -> boots.addAll(lives(known, name)));
        if (hasMajority()) {
            throw new IllegalStateException(
                    "the ring's topology log has its majority; remove members that will not return instead.");
        }
        reformer.declareDead(boots);
        awaitGeneration(known);
    }

    /** The lives that an operator means by a name: a member's, and those of voters that are members no more. */
    private List<UUID> lives(ControlState known, String name) {
        List<UUID> lives = new ArrayList<>();
        Member meant = known.roster().member(name);
        if (meant != null) {
            if (!watch.suspected().get(meant.shortId())) {
                throw new IllegalStateException("'" + name + "' answers this node, so it is not dead. Stop it first.");
            }
            lives.add(meant.profile().boot());
        }
        topology.electors().stream()
                .filter(voter -> voter.name().equals(name))
                .forEach(voter -> lives.add(LogVoters.boot(known, voter)));
        if (lives.isEmpty()) {
            throw unknown(known, name);
        }
        return lives;
    }

    private void awaitGeneration(ControlState before) {
        long generation = before.founded().ring().generation();
        boolean isReformed = await(
                () -> parts.control().state().founded().ring().generation() != generation,
                TimeUnit.MILLISECONDS.toNanos(parts.timeoutMillis()));
        if (!isReformed) {
            throw new CacheException("the ring is not reformed: it waits for " + missing(before)
                    + ". Start what is named here again under its name, or name it as dead, too.");
        }
    }

    /** Whether something came true within so long. */
    private boolean await(BooleanSupplier isSo, long nanos) {
        long end = System.nanoTime() + nanos;
        boolean isTrue = isSo.getAsBoolean();
        while (!isTrue && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            isTrue = isSo.getAsBoolean();
        }
        return isTrue;
    }

    private List<String> missing(ControlState state) {
        Set<UUID> missing = reformer.missing();
        return state.roster().members().stream()
                .filter(member -> missing.contains(member.profile().boot()))
                .map(member -> member.profile().name())
                .sorted()
                .toList();
    }

    @Override
    public int resetLost() {
        int lost = parts.losses().count();
        topology.appended(parts.control()
                .agree(
                        "lost slots cannot be reset",
                        state -> TopologyPlanner.plan(state).resolution(LossPolicy.RESET))
                .index());
        return lost;
    }

    @Override
    public void setReplicationFactor(int replicas) {
        SetReplicationFactor command = new SetReplicationFactor(replicas);
        topology.appended(parts.control()
                .agree(
                        "the replication factor cannot be changed",
                        state -> state.founded().replicationFactor() == replicas ? null : command)
                .index());
    }

    /** Who lives and has a vote in the topology log gives it up before it goes: a log of two would stand still without it. */
    private void awaitNoVote(Member meant) {
        boolean unused = await(() -> !topology.isVoter(meant.id()), VOTE_NANOS);
    }

    private static @Nullable DrainMember drain(ControlState state, Member meant) {
        Member now = state.roster().member(meant.id());
        return now == null || now.draining() ? null : new DrainMember(meant.id());
    }

    private static @Nullable RemoveMember removal(ControlState state, Member meant) {
        return state.roster().member(meant.id()) == null ? null : new RemoveMember(meant.id());
    }
}
