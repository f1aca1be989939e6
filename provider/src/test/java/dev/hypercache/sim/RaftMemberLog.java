package dev.hypercache.sim;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import dev.hypercache.topology.raft.EngineTimer;
import dev.hypercache.topology.raft.RaftPorts;
import dev.hypercache.topology.raft.RaftTopologyLog;
import dev.hypercache.topology.raft.RaftTopologyOptions;
import dev.hypercache.topology.raft.TopologyObserver;
import dev.hypercache.topology.raft.TopologyStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One node's log on the engine of production, in virtual time by a clock that drifts.
 *
 * <p>A node that is no member yet has no log of its own: it reads and asks through one member or another, as it would over
 * HTTP. When it reads that it was admitted its log begins with the state that it knows.
 */
final class RaftMemberLog implements MemberLog, EngineTimer, TopologyListener {

    private static final long GUEST_LOOKS_MILLIS = 40;
    private static final int PAGE = 64;

    private final RaftTopology topology;
    private final NodeProfile profile;
    private final Chance chance;
    private final double rate;
    private Consumer<Runnable> runner = Runnable::run;
    private @Nullable TopologyListener listener;
    private @Nullable RaftTopologyLog log;
    private @Nullable NodeId self;
    private int shortId;
    private long told;
    private boolean deaf;
    private boolean closed;

    RaftMemberLog(RaftTopology topology, NodeProfile profile, Chance chance) {
        this.topology = topology;
        this.profile = profile;
        this.chance = chance;
        this.rate = 1 + chance.between(-20_000, 20_000) / 1_000_000.0;
    }

    private EventQueue queue() {
        return topology.ring().queue();
    }

    NodeId self() {
        return Objects.requireNonNull(self, "self");
    }

    int shortId() {
        return shortId;
    }

    @Nullable
    TopologyStanding standing() {
        return log == null ? null : log.standing();
    }

    @Override
    public void start(TopologyListener newListener) {
        listener = newListener;
        RaftTopologyOptions founding = topology.founderOptions(profile);
        if (founding != null) {
            open(founding);
        } else {
            look();
        }
    }

    private void open(RaftTopologyOptions options) {
        self = options.self();
        topology.join(options.self(), this);
        RaftTopologyLog opened = new RaftTopologyLog(
                options,
                new RaftPorts(
                        (to, frame) -> topology.send(this, to, frame),
                        this,
                        new Random(chance.between(0, Long.MAX_VALUE - 1)),
                        new Counts(topology.ring().coverage())));
        log = opened;
        opened.start(this);
    }

    /** What the engine's cures did, as branches taken. */
    private record Counts(Coverage coverage) implements TopologyObserver {
        @Override
        public void elected() {
            coverage.count("TOPOLOGY_ELECTED");
        }

        @Override
        public void rebuilt(String reason) {
            coverage.count("TOPOLOGY_REBUILT");
        }

        @Override
        public void lever(Lever lever) {
            coverage.count("TOPOLOGY_LEVER_" + lever);
        }
    }

    /** A guest asks now and then whether there is more. */
    private void look() {
        if (closed || log != null) {
            return;
        }
        RaftMemberLog host = topology.anybody(chance);
        if (host != null) {
            onAdvanced(Math.max(told, host.told)); // Perhaps again: whoever was read from last may not have had it yet.
        }
        queue().afterMillis(GUEST_LOOKS_MILLIS, this::look);
    }

    @Override
    public void onAdvanced(long lastIndex) {
        TopologyListener follower = listener;
        if (closed || follower == null) {
            return;
        }
        long from = Math.max(told, topology.last()) + 1;
        while (log != null && from <= lastIndex) {
            List<TopologyChange> page = log.read(from, PAGE).changes();
            page.forEach(change -> topology.read(profile.name(), change));
            from = page.isEmpty() ? Long.MAX_VALUE : from + page.size();
        }
        told = lastIndex;
        follower.onAdvanced(lastIndex);
    }

    @Override
    public void runBy(Consumer<Runnable> newRunner) {
        runner = newRunner;
    }

    @Override
    public void admitted(Member member, long index, Payload state) {
        shortId = member.shortId();
        if (log == null) {
            List<NodeId> contacts = new ArrayList<>(topology.foundingVoters());
            RaftMemberLog host = topology.anybody(chance);
            TopologyStanding standing = host == null ? null : host.standing();
            if (standing != null) {
                contacts.addAll(standing.voters());
                contacts.add(host.self());
            }
            told = index;
            open(RaftTopologyOptions.joiner(
                    member.id(),
                    topology.ringId(),
                    topology.foundingVoters(),
                    contacts,
                    new TopologyPage.Checkpoint(index, state)));
        }
    }

    @Override
    public void followed(ControlState state) {
        if (log != null) {
            List<NodeId> staying = new ArrayList<>();
            List<NodeId> draining = new ArrayList<>();
            state.roster().members().forEach(member -> (member.draining() ? draining : staying).add(member.id()));
            staying.addAll(draining);
            log.electorate(state.index(), staying);
        }
    }

    /** A frame of another member arrives. */
    void deliver(NodeId from, Payload frame) {
        RaftTopologyLog running = log;
        if (running != null && !closed && !deaf) {
            running.receive(from, frame.buffer());
        }
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        topology.proposed(expectedIndex, change);
        CompletableFuture<AppendOutcome> answer =
                ask(timeoutMillis, true, asked -> asked.append(expectedIndex, change, timeoutMillis));
        return answer.whenComplete((outcome, failure) -> {
            if (outcome instanceof AppendOutcome.Appended appended) {
                topology.acknowledged(appended.index(), change);
            }
        });
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        long least = topology.lastAcknowledged();
        return ask(timeoutMillis, false, asked -> asked.barrier(timeoutMillis)).whenComplete((answer, failure) -> {
            if (failure == null) {
                topology.barrier(profile.name(), least, answer);
            }
        });
    }

    /** Asks this node's log or, for a guest, somebody's; an end of the process asked ends the question, too. */
    private <T> CompletableFuture<T> ask(
            long timeoutMillis, boolean isAppend, Function<RaftTopologyLog, CompletionStage<T>> how) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        RaftMemberLog host = log != null ? this : topology.anybody(chance);
        RaftTopologyLog asked = host == null ? null : host.log;
        if (asked != null) {
            how.apply(asked).whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        }
        queue().afterMillis(
                        2 * timeoutMillis,
                        () -> answer.completeExceptionally(
                                new TopologyUnavailableException("The simulated member is gone.", isAppend, null)));
        return answer;
    }

    @Override
    public TopologyPage read(long fromIndex, int changesMax) {
        RaftMemberLog host = log != null ? this : topology.anybody(chance);
        if (host == null || host.log == null) {
            return new TopologyPage(null, List.of());
        }
        TopologyPage page = host.log.read(fromIndex, changesMax);
        page.changes().forEach(change -> topology.read(profile.name(), change));
        return page;
    }

    @Override
    public void checkpoint(long index, Payload state) {
        if (log != null) {
            log.checkpoint(index, state);
        }
    }

    @Override
    public void catchUp() {
        // Whoever founds a ring knows the founding from the start.
    }

    @Override
    public void hurry() {
        // The engine is as fast as it is.
    }

    @Override
    public void deafen(boolean isDeaf) {
        deaf = isDeaf;
    }

    @Override
    public void poke() {
        if (log != null) {
            log.refresh();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (log != null) {
            log.close();
            topology.leave(self());
        }
    }

    @Override
    public String toString() {
        return self + "@" + told + " " + standing() + (deaf ? " deaf" : "");
    }

    @Override
    public long nowMillis() {
        return (long) (queue().nowMicros() * rate / 1_000);
    }

    @Override
    public boolean execute(Runnable task) {
        queue().after(0, () -> perform(task));
        return true;
    }

    @Override
    public void schedule(Runnable task, long delayMicros) {
        queue().after((long) (delayMicros / rate), () -> perform(task));
    }

    private void perform(Runnable task) {
        if (!closed) {
            runner.accept(task);
        }
    }
}
