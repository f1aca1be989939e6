package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import dev.hypercache.topology.raft.TopologyMessage.Answer;
import dev.hypercache.topology.raft.TopologyMessage.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Brings this member's questions to the leader, wherever it is, until each has an answer or its time is over.
 *
 * <p>The engine does not forward. A question that is lost with its leader is asked again: of the next leader it finds itself,
 * since a change keeps its id over all attempts. All that a node was asked counts as lost when its connection is gone or
 * another node leads. Bounds: {@value #CALLS_MAX} questions, one attempt of each at a time. Confined to the log's thread.
 */
final class LeaderCalls {

    private static final int CALLS_MAX = 256;
    private static final long LOOK_MILLIS = 25;
    private static final long ATTEMPT_MILLIS = 400;

    private final NodeId self;
    private final RaftPorts ports;
    private final LeaderDesk desk;
    private final LeaderSigns signs;
    private final BiConsumer<NodeId, TopologyMessage> network;
    private final Map<Long, LogCall> calls = new LinkedHashMap<>();
    private long numbers;
    private boolean looking;

    LeaderCalls(
            NodeId self,
            RaftPorts ports,
            LeaderDesk desk,
            LeaderSigns signs,
            BiConsumer<NodeId, TopologyMessage> network) {
        this.self = self;
        this.ports = ports;
        this.desk = desk;
        this.signs = signs;
        this.network = network;
    }

    private long now() {
        return ports.timer().nowMillis();
    }

    void call(LogOperation.Propose propose, long timeoutMillis, CompletableFuture<LeaderAnswer> future) {
        begin(new LogCall(++numbers, propose, timeoutMillis, now(), future), future);
    }

    void callForIndex(long timeoutMillis, CompletableFuture<LeaderAnswer> future) {
        begin(new LogCall(++numbers, null, timeoutMillis, now(), future), future);
    }

    private void begin(LogCall call, CompletableFuture<LeaderAnswer> future) {
        if (calls.size() >= CALLS_MAX) {
            future.completeExceptionally(new TopologyUnavailableException(
                    "This member asks the topology log's leader " + CALLS_MAX + " questions already.", false, null));
            return;
        }
        calls.put(call.number(), call);
        attempt(call);
        lookAgain();
    }

    private void lookAgain() {
        if (!looking && !calls.isEmpty()) {
            looking = true;
            ports.timer().schedule(this::look, LOOK_MILLIS * 1_000);
        }
    }

    private void look() {
        looking = false;
        long now = now();
        for (LogCall call : List.copyOf(calls.values())) {
            if (call.isLate(now)) {
                calls.remove(call.number());
                call.fail("no leader with a majority answered");
            } else if (call.isUnanswered(now)) {
                signs.unanswered();
                call.lose(now);
                attempt(call);
            } else if (call.isIdle(now)) {
                attempt(call);
            }
        }
        lookAgain();
    }

    private void attempt(LogCall call) {
        NodeId target = signs.whomToAsk();
        long now = now();
        if (target == null) {
            call.rest(now);
            return;
        }
        boolean isHere = target.equals(self);
        call.ask(target, isHere ? Long.MAX_VALUE : now + ATTEMPT_MILLIS); // The desk always answers.
        if (isHere) {
            desk.perform(call.propose(), answer -> answered(call, self, answer));
        } else {
            network.accept(target, new Call(call.number(), call.propose()));
        }
    }

    /** Another node says what came of a question. */
    void onAnswer(NodeId from, Answer answer) {
        signs.heard(from, answer.leader());
        LogCall call = calls.get(answer.number());
        if (call != null) {
            answered(call, from, answer.answer());
        }
    }

    private void answered(LogCall call, NodeId from, LeaderAnswer answer) {
        if (calls.get(call.number()) != call) {
            return;
        }
        switch (answer.kind()) {
            case DONE:
                end(call, answer);
                break;
            case CONFLICT:
                if (call.isCertain(answer)) {
                    end(call, answer);
                } else {
                    calls.remove(call.number());
                    call.lose(now());
                    call.fail("it took too long to tell it from others");
                }
                break;
            case FULL:
                calls.remove(call.number());
                call.rest(now());
                call.fail("the log holds all that it may until the next checkpoint");
                break;
            case UNKNOWN:
                if (call.isAt(from)) {
                    call.lose(now());
                }
                break;
            default:
                if (call.isAt(from)) {
                    call.rest(now());
                }
        }
    }

    private void end(LogCall call, LeaderAnswer answer) {
        calls.remove(call.number());
        call.done(answer);
    }

    /** Who leads is another one now: whoever was asked instead will not answer. */
    void leaderIs(NodeId leader) {
        for (LogCall call : List.copyOf(calls.values())) {
            if (call.isElsewhere(leader)) {
                call.lose(now());
            }
        }
    }

    /** The connection with a node is gone. */
    void peerLost(NodeId peer) {
        for (LogCall call : List.copyOf(calls.values())) {
            if (call.isAt(peer)) {
                call.lose(now());
            }
        }
    }

    void close() {
        for (LogCall call : List.copyOf(calls.values())) {
            calls.remove(call.number());
            call.fail("this member's log was closed meanwhile");
        }
    }
}
