package dev.hypercache.sim;

import dev.hypercache.core.hint.HintCounts;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RecordPage;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold at every moment (CONSISTENCY I1, I2, I5, I10), and the bounds of queues. */
final class Invariants implements SimNetwork.Tap {

    private static final int PENDING_MAX = 2_000;
    private static final int VIOLATIONS_MAX = 20;

    private record Place(int node, int slot) {}

    private record Named(RecordKey name, Version version) {}

    private record Asked(int caller, long request) {}

    private final Map<Place, Long> promises = new HashMap<>();
    private final Map<Named, Object> contents = new Memory<>();
    private final Map<Asked, Outcome> outcomes = new Memory<>();
    private final Map<SlotState, LedEntries> led = new IdentityHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long hash = 1;
    private int remembersMax = Integer.MAX_VALUE;

    /** What was seen first is forgotten first, if there is a limit. */
    private final class Memory<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > remembersMax;
        }
    }

    /** Compares with so many versions and answers only, of each the latest: a long run would need ever more memory. */
    void remember(int most) {
        remembersMax = most;
    }

    /** What the node that holds a copy learns of the entries that it leads. */
    LedEntries led(SlotState copy) {
        return led.computeIfAbsent(copy, unused -> new LedEntries());
    }

    List<String> violations() {
        return violations;
    }

    /** Changes with every message and every fact that was noted. */
    long hash() {
        return hash;
    }

    void note(long fact) {
        hash = (hash ^ fact) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }

    void violated(String rule) {
        if (violations.size() < VIOLATIONS_MAX) {
            violations.add(rule);
        }
    }

    /** After an event at a node. */
    void check(SimNode node) {
        HintCounts hints = node.hints().counts();
        HintLimits limits = node.hints().limits();
        if (!hints.isConserved() || hints.pending() > limits.totalMax() || hints.bytes() > limits.bytesMax()) {
            violated("hints of " + node + ": " + hints);
        }
        for (SlotMachine machine : node.machines()) {
            led(machine.state()).settle(machine);
            Place place = new Place(node.id(), machine.state().slot());
            long promised = machine.state().promise().ballot();
            Long before = promises.put(place, promised);
            if (before != null && promised < before) {
                violated("I1: " + place + " promised " + Ballot.unpack(before) + ", then " + Ballot.unpack(promised));
            }
            if (machine.leadership() != null && machine.leadership().pending() > PENDING_MAX) {
                violated("bounds: " + machine.leadership().pending() + " proposals pend at " + place);
            }
        }
    }

    /** Epochs and short ids that only the dead knew may be given out again. */
    void forgetBallots() {
        contents.clear();
        promises.clear();
        outcomes.clear();
    }

    /** A copy of a slot is gone, and its promise with it. */
    void forget(int node, int slot) {
        promises.remove(new Place(node, slot));
    }

    @Override
    public void sent(int from, int to, Message message) {
        note(((long) from << 32) + ((long) to << 16) + message.slot());
        note(message.getClass().getSimpleName().hashCode());
        if (message instanceof Accept accept) {
            int leader = Ballot.unpack(accept.ballot()).leader();
            boolean isKnown = contents.containsKey(
                    new Named(accept.entry().name(), accept.entry().record().version()));
            if (from != leader && !isKnown) {
                violated("I5: node " + from + " wrote " + accept.entry().record() + " under a ballot of " + leader);
            }
            named(accept.entry());
        } else if (message instanceof RecordPage page) {
            page.entries().forEach(this::named);
        } else if (message instanceof ReplicaRead read) {
            named(read.entry());
        } else if (message instanceof Executed executed) {
            CallerAccept accept = executed.accept();
            named(accept == null ? null : accept.entry());
            if (accept == null && executed.recorded()) {
                told(new Asked(to, executed.request()), executed.outcome());
            }
        }
    }

    private void named(@Nullable RecordEntry entry) {
        if (entry == null) {
            return;
        }
        StoredRecord record = entry.record();
        Object content = record.isTombstone() ? "tombstone" : record.value();
        note(content.hashCode() * 31L + record.ballot() * 17 + record.sequence());
        Object before = contents.putIfAbsent(new Named(entry.name(), record.version()), content);
        if (before != null && !before.equals(content)) {
            violated("I2: " + entry.name() + "@" + record.version() + " is " + before + " and " + content);
        }
    }

    private void told(Asked asked, Outcome outcome) {
        Outcome before = outcomes.putIfAbsent(asked, outcome);
        if (before != null && !isSame(before, outcome)) {
            violated("I10: " + asked + " came to " + before + " and to " + outcome);
        }
    }

    private static boolean isSame(Outcome one, Outcome other) {
        return one.status() == other.status()
                && one.change() == other.change()
                && Objects.equals(value(one.before()), value(other.before()))
                && Objects.equals(value(one.after()), value(other.after()));
    }

    static @Nullable Object value(@Nullable StoredRecord record) {
        return record == null ? null : record.value();
    }

    static @Nullable Object value2(@Nullable StoredRecord record) {
        return record == null || record.isTombstone() ? null : record.value();
    }
}
