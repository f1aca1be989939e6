package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.ReadReplica;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key at a majority of its slot's voters, past the leader.
 *
 * <p>It asks as few voters as suffice first ({@link FirstAsked}), and the others if those do not answer by the second tick.
 *
 * <p>The newest version that they answer is at least as new as anything chosen before the read began. It may be told once
 * it is known to be chosen itself: when a majority answered it, when the leader's own word says so, or after it was sent
 * once more, under its leader's ballot and unchanged, to those who lack it. In the epoch of a switch, or when a replica
 * follows a later epoch, only the leader can answer, and so it is when the time of what was found is over: only it can make
 * that last. A read of all voters differs in that each of them must answer.
 */
final class QuorumRead implements ReplicaReading {

    private static final long RESENT_MILLIS = 200;

    private final long id;
    private final int slot;
    private final RecordKey name;
    private final Routing routing;
    private final Outbox out;
    private final ReadCompletion answer;
    private final boolean all;
    private final long endsAtMillis;
    private final SlotConfiguration configuration;
    private final Map<Integer, ReplicaRead> answers = new TreeMap<>();
    private final BitSet holders = new BitSet();
    private @Nullable RecordEntry newest;
    private @Nullable Version resent;
    private long resentAtMillis;
    private long slotTimeMillis;
    private final BitSet asked = new BitSet();
    private int ticks;
    private boolean ended;

    QuorumRead(Question question, Routing routing, Outbox out, ReadCompletion answer) {
        this.id = question.id();
        this.slot = question.slot();
        this.name = question.name();
        this.routing = routing;
        this.out = out;
        this.answer = answer;
        this.all = question.all();
        this.endsAtMillis = question.endsAtMillis();
        this.configuration = routing.configuration(question.slot());
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void start() {
        if (configuration.isSwitching()) {
            end(false);
            return;
        }
        MemberSet voters = configuration.voters();
        ask(all ? voters.toBitSet() : FirstAsked.of(routing, slot, voters, id));
    }

    private void ask(BitSet voters) {
        asked.or(voters);
        for (int voter = voters.nextSetBit(0); voter >= 0; voter = voters.nextSetBit(voter + 1)) {
            out.send(voter, new ReadReplica(slot, id, configuration.epoch(), name));
        }
    }

    /** Who was asked at first does not answer. */
    private void askOthers() {
        BitSet others = configuration.voters().toBitSet();
        others.andNot(asked);
        ask(others);
    }

    @Override
    public void on(int from, ReplicaRead read, long now) {
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
        boolean suffices = all
                ? configuration.voters().isCoveredBy(answered)
                : configuration.voters().hasMajorityIn(answered);
        if (suffices) {
            settle(now);
        }
    }

    private void settle(long now) {
        ClearMark cleared = highestClear();
        RecordEntry alive = newestAbove(cleared);
        if (alive == null && cleared == null) {
            end(true);
            return;
        }
        if (alive != null && isDeleted(alive.record().version())) {
            end(true);
            return;
        }
        newest = alive;
        Version version = alive != null
                ? alive.record().version()
                : Objects.requireNonNull(cleared).version();
        for (Map.Entry<Integer, ReplicaRead> one : answers.entrySet()) {
            Version held = alive != null ? ofRecord(one.getValue()) : ofClear(one.getValue());
            if (version.equals(held)) {
                holders.set(one.getKey());
            }
        }
        if (configuration.voters().hasMajorityIn(holders) || isKnownChosen(version)) {
            end(true);
        } else if (alive == null || isBoundToClear(alive) || !routing.maySettle()) {
            end(false); // A clear is the leader's to bring about.
        } else {
            resentAtMillis = now;
            resend(alive);
        }
    }

    /** Whether a replica holds nothing though it had everything up to that version: the tombstone that it forgot was chosen. */
    private boolean isDeleted(Version version) {
        return answers.values().stream()
                .anyMatch(read -> read.entry() == null && read.floor().compareTo(version) >= 0);
    }

    private @Nullable ClearMark highestClear() {
        ClearMark highest = null;
        for (ReplicaRead read : answers.values()) {
            ClearMark cleared = read.cleared();
            highest = cleared != null && (highest == null || cleared.covers(highest)) ? cleared : highest;
        }
        return highest;
    }

    /** The newest record that the clear does not take. */
    private @Nullable RecordEntry newestAbove(@Nullable ClearMark cleared) {
        RecordEntry best = null;
        for (ReplicaRead read : answers.values()) {
            RecordEntry entry = read.entry();
            if (entry == null
                    || (cleared != null && cleared.takes(entry.record().version(), entry.cleared()))) {
                continue;
            }
            if (best == null || entry.record().isNewerThan(best.record())) {
                best = entry;
            }
        }
        return best;
    }

    private static @Nullable Version ofRecord(ReplicaRead read) {
        RecordEntry entry = read.entry();
        return entry == null ? null : entry.record().version();
    }

    private static @Nullable Version ofClear(ReplicaRead read) {
        ClearMark cleared = read.cleared();
        return cleared == null ? null : cleared.version();
    }

    /** Whether a record may rest on a clear that the record's own leader has not brought about yet. */
    private boolean isBoundToClear(RecordEntry entry) {
        long ballot = entry.record().ballot();
        return answers.values().stream()
                .map(ReplicaRead::cleared)
                .anyMatch(mark -> mark != null && mark.version().ballot() >= ballot);
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

    private void resend(RecordEntry entry) {
        Version version = entry.record().version();
        resent = version;
        for (int voter : configuration.voters().toArray()) {
            if (!holders.get(voter)) {
                out.send(voter, new Accept(slot, version.ballot(), entry, List.of(), 0, slotTimeMillis));
            }
        }
    }

    @Override
    public void on(int from, Accepted accepted) {
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

    @Override
    public void tick(long now) {
        boolean isRefused = resent != null && now - resentAtMillis >= RESENT_MILLIS;
        if (!ended && (isRefused || now >= endsAtMillis)) {
            end(false);
        } else if (!ended && resent == null && ++ticks == 2) {
            askOthers();
        }
    }

    private void end(boolean settled) {
        ended = true;
        if (!settled) {
            answer.askLeader();
            return;
        }
        tellStale();
        RecordEntry entry = newest;
        if (entry != null && entry.record().isExpiredAt(slotTimeMillis)) {
            answer.askLeader();
            return;
        }
        answer.read(entry == null || entry.record().isTombstone() ? null : entry.record());
    }

    /** Those who answered less than was chosen, unless they were sent it just now. */
    private void tellStale() {
        if (newest != null && resent == null) {
            for (int member : answers.keySet()) {
                if (!holders.get(member)) {
                    routing.seenStale(slot, name, member);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "QuorumRead[" + name + ", answers " + answers.keySet() + ", epoch " + configuration.epoch() + "]";
    }
}
