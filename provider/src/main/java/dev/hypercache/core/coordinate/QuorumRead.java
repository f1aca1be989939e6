package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key at a majority of its slot's voters, past the leader.
 *
 * <p>The newest version that they answer is at least as new as anything chosen before the read began. It may be told once
 * it is known to be chosen itself: when a majority answered it, when the leader's own word says so, or after it was sent
 * once more, under its leader's ballot and unchanged, to those who lack it. In the epoch of a switch, or when a replica
 * follows a later epoch, only the leader can answer.
 */
public final class QuorumRead {

    /** Learns how a quorum read ended; exactly one method is called, once. */
    public interface Answer {
        /** The record that the key had; null if it had none. */
        void read(@Nullable StoredRecord record);

        /** The replicas could not settle it among themselves: the leader must be asked. */
        void askLeader();
    }

    /** What is asked, and until when. */
    record Question(long id, int slot, RecordKey name, long endsAtMillis) {}

    private final long id;
    private final int slot;
    private final RecordKey name;
    private final Outbox out;
    private final Answer answer;
    private final long endsAtMillis;
    private final SlotConfiguration configuration;
    private final Map<Integer, ReplicaRead> answers = new TreeMap<>();
    private final BitSet holders = new BitSet();
    private @Nullable RecordEntry newest;
    private @Nullable Version resent;
    private long slotTimeMillis;
    private boolean ended;

    QuorumRead(Question question, Routing routing, Outbox out, Answer answer) {
        this.id = question.id();
        this.slot = question.slot();
        this.name = question.name();
        this.out = out;
        this.answer = answer;
        this.endsAtMillis = question.endsAtMillis();
        this.configuration = routing.configuration(question.slot());
    }

    boolean isEnded() {
        return ended;
    }

    void start() {
        if (configuration.isSwitching()) {
            end(false);
            return;
        }
        for (int voter : configuration.voters().toArray()) {
            out.send(voter, new ReadReplica(slot, id, configuration.epoch(), name));
        }
    }

    void on(int from, ReplicaRead read) {
        if (ended || resent != null || !configuration.voters().contains(from)) {
            return;
        }
        if (read.refused()) {
            end(false);
            return;
        }
        answers.put(from, read);
        slotTimeMillis = Math.max(slotTimeMillis, read.slotTimeMillis());
        BitSet answered = new BitSet();
        answers.keySet().forEach(answered::set);
        if (configuration.voters().hasMajorityIn(answered)) {
            settle();
        }
    }

    private void settle() {
        Version highest = null;
        ReplicaRead best = null;
        for (ReplicaRead read : answers.values()) {
            Version version = effective(read);
            if (version != null && (highest == null || version.compareTo(highest) > 0)) {
                highest = version;
                best = read;
            }
        }
        if (highest == null || best == null) {
            end(true);
            return;
        }
        for (Map.Entry<Integer, ReplicaRead> one : answers.entrySet()) {
            if (highest.equals(effective(one.getValue()))) {
                holders.set(one.getKey());
            }
        }
        RecordEntry entry = best.entry();
        newest = entry != null && entry.record().version().equals(highest) ? entry : null;
        if (configuration.voters().hasMajorityIn(holders) || isKnownChosen(highest)) {
            end(true);
        } else {
            resend(highest, best);
        }
    }

    /** The version of the record or of the clear that took it, whichever is higher; null if the replica knows neither. */
    private static @Nullable Version effective(ReplicaRead read) {
        ClearMark cleared = read.cleared();
        RecordEntry entry = read.entry();
        Version ofRecord = entry == null ? null : entry.record().version();
        Version ofClear = cleared == null ? null : cleared.version();
        if (ofRecord == null || ofClear == null) {
            return ofRecord == null ? ofClear : ofRecord;
        }
        return ofRecord.compareTo(ofClear) >= 0 ? ofRecord : ofClear;
    }

    private boolean isKnownChosen(Version version) {
        for (ReplicaRead read : answers.values()) {
            if (read.promised() == version.ballot()
                    && version.sequence() > Version.BEFORE_ALL
                    && version.sequence() <= read.committed()) {
                return true;
            }
        }
        return false;
    }

    private void resend(Version version, ReplicaRead best) {
        resent = version;
        RecordEntry entry = newest;
        ClearMark cleared = best.cleared();
        if (entry == null || (cleared != null && cleared.version().ballot() == version.ballot())) {
            end(false); // A clear is the leader's to bring about.
            return;
        }
        for (int voter : configuration.voters().toArray()) {
            if (!holders.get(voter)) {
                out.send(voter, new Accept(slot, version.ballot(), entry, List.of(), 0, slotTimeMillis));
            }
        }
    }

    void on(int from, Accepted accepted) {
        Version version = resent;
        if (ended
                || version == null
                || accepted.slot() != slot
                || accepted.ballot() != version.ballot()
                || !accepted.name().equals(name)
                || !accepted.version().equals(version)) {
            return;
        }
        holders.set(from);
        if (configuration.voters().hasMajorityIn(holders)) {
            end(true);
        }
    }

    void tick(long now) {
        if (!ended && now >= endsAtMillis) {
            end(false);
        }
    }

    private void end(boolean settled) {
        ended = true;
        if (!settled) {
            answer.askLeader();
            return;
        }
        RecordEntry entry = newest;
        answer.read(entry == null || entry.record().isTombstone() ? null : entry.record());
    }

    @Override
    public String toString() {
        return "QuorumRead[" + name + ", answers " + answers.keySet() + ", epoch " + configuration.epoch() + "]";
    }
}
