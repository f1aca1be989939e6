package dev.hypercache.sim;

import dev.hypercache.core.coordinate.DigestRead;
import dev.hypercache.core.coordinate.ReadCompletion;
import dev.hypercache.core.message.CopyDigest;
import dev.hypercache.core.message.DigestsRead;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.ReadDigests;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.CopyDigests;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The reads of one node by digests, and its answers to those of others. */
final class NodeDigests {

    private static final long PATIENCE_MILLIS = 50;

    private final SimNode node;
    private final Coverage coverage;
    private final IntPredicate isHeard;
    private final Map<Long, UnderWay> reads = new LinkedHashMap<>();
    private long lastId;

    /**
     * @param isHeard whom the node thinks to answer at once
     */
    NodeDigests(SimNode node, Coverage coverage, IntPredicate isHeard) {
        this.node = node;
        this.coverage = coverage;
        this.isHeard = isHeard;
    }

    /** Reads keys of one cache together; each has its own answer. */
    void read(List<RecordKey> names, List<Integer> slots, List<ReadCompletion> answers) {
        UnderWay read = new UnderWay(++lastId, answers);
        reads.put(lastId, read);
        read.begin(names, slots);
    }

    /** A message about digests arrived; false if it is none. */
    boolean receive(int from, Message message) {
        if (message instanceof ReadDigests question) {
            List<Integer> differing = new ArrayList<>();
            for (int place = 0; place < question.digests().size(); place++) {
                CopyDigest digest = question.digests().get(place);
                SlotMachine copy = node.machine(digest.slot());
                if (copy == null || !copy.state().isComplete() || !CopyDigests.isHeld(copy.state(), digest)) {
                    differing.add(place);
                }
            }
            node.send(from, new DigestsRead(0, question.request(), List.copyOf(differing)));
            return true;
        }
        if (message instanceof DigestsRead answer) {
            UnderWay read = reads.get(answer.request());
            if (read != null) {
                read.read.on(from, answer);
                read.forgetIfEnded();
            }
            return true;
        }
        return false;
    }

    void tick() {
        long now = node.clock().steadyMillis();
        for (UnderWay read : List.copyOf(reads.values())) {
            if (now - read.begunAtMillis >= PATIENCE_MILLIS) {
                coverage.count("READ_DIGEST_UNANSWERED");
                read.read.end();
                read.forgetIfEnded();
            }
        }
    }

    private final class UnderWay implements DigestRead.Answer {
        private final long id;
        private final long begunAtMillis = node.clock().steadyMillis();
        private final List<ReadCompletion> answers;
        private final List<@Nullable StoredRecord> held = new ArrayList<>();
        private final DigestRead read;

        UnderWay(long id, List<ReadCompletion> answers) {
            this.id = id;
            this.answers = answers;
            this.read = new DigestRead(id, node.id(), this);
        }

        void begin(List<RecordKey> names, List<Integer> slots) {
            for (int place = 0; place < names.size(); place++) {
                SlotMachine copy = node.machine(slots.get(place));
                held.add(null);
                if (copy == null || !copy.state().isComplete() || !add(place, names.get(place), copy.state())) {
                    answers.get(place).askLeader();
                }
            }
            read.ask(isHeard, node::send);
            forgetIfEnded();
        }

        private boolean add(int place, RecordKey name, SlotState copy) {
            CopyDigests.Held found =
                    CopyDigests.of(copy, node.id(), name, node.clock().wallMillis());
            if (found == null) {
                return false;
            }
            held.set(place, found.live());
            read.add(place, found.digest(), copy.configuration().voters());
            return true;
        }

        void forgetIfEnded() {
            if (read.isEnded()) {
                reads.remove(id);
            }
        }

        @Override
        public void agreed(int place) {
            answers.get(place).read(held.get(place));
        }

        @Override
        public void askLeader(int place) {
            answers.get(place).askLeader();
        }
    }
}
