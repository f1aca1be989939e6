package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each operation does to each kind of entry under each kind of expiry rule.
 *
 * <p>The entry, where there is one, has the value {@code old}. It was stored at slot time 0; operations come at 1000. A
 * live entry ends at 5000, an expired one at 1000. Operations bring the value {@code new}. A row covers all combinations
 * of the entries and rules that it names.
 */
final class EntryOpTableTest {

    private static final long NOW = 1_000;
    private static final long STAYS = ExpiryRule.UNCHANGED;
    private static final List<String> RULES =
            List.of("eternal", "zeroCreation", "zeroUpdate", "zeroAccess", "access", "all");

    private final Recorder recorder = new Recorder();
    private final SlotReplica replica = SlotReplica.alone(new HeapEntryStore<>());
    private final SlotLeader leader = new SlotLeader(new Ballot(1, 0, 0), replica, Object::equals, recorder);

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            operation     | entry          | rule                                   | status   | change  | left
            get           | absent expired | *                                      | UNMET    | NONE    | -
            get           | live           | eternal zeroCreation zeroUpdate        | APPLIED  | NONE    | old@5000
            get           | live           | access all                             | APPLIED  | TOUCHED | old@1300
            get           | live           | zeroAccess                             | APPLIED  | TOUCHED | old@1000
            put           | absent expired | eternal zeroUpdate zeroAccess access   | APPLIED  | CREATED | new@never
            put           | absent expired | all                                    | APPLIED  | CREATED | new@1100
            put           | absent expired | zeroCreation                           | APPLIED  | NONE    | -
            put           | live           | eternal zeroCreation zeroAccess access | APPLIED  | UPDATED | new@5000
            put           | live           | all                                    | APPLIED  | UPDATED | new@1200
            put           | live           | zeroUpdate                             | APPLIED  | UPDATED | new@1000
            putIfAbsent   | absent expired | eternal zeroUpdate zeroAccess access   | APPLIED  | CREATED | new@never
            putIfAbsent   | absent expired | all                                    | APPLIED  | CREATED | new@1100
            putIfAbsent   | absent expired | zeroCreation                           | APPLIED  | NONE    | -
            putIfAbsent   | live           | *                                      | UNMET    | NONE    | old@5000
            replace       | absent expired | *                                      | UNMET    | NONE    | -
            replace       | live           | eternal zeroCreation zeroAccess access | APPLIED  | UPDATED | new@5000
            replace       | live           | all                                    | APPLIED  | UPDATED | new@1200
            replace       | live           | zeroUpdate                             | APPLIED  | UPDATED | new@1000
            replaceOld    | absent expired | *                                      | UNMET    | NONE    | -
            replaceOld    | live           | eternal zeroCreation zeroAccess access | APPLIED  | UPDATED | new@5000
            replaceOld    | live           | all                                    | APPLIED  | UPDATED | new@1200
            replaceOld    | live           | zeroUpdate                             | APPLIED  | UPDATED | new@1000
            replaceOther  | absent expired | *                                      | UNMET    | NONE    | -
            replaceOther  | live           | eternal zeroCreation zeroUpdate        | UNMET    | NONE    | old@5000
            replaceOther  | live           | access all                             | UNMET    | TOUCHED | old@1300
            replaceOther  | live           | zeroAccess                             | UNMET    | TOUCHED | old@1000
            remove        | absent expired | *                                      | UNMET    | NONE    | -
            remove        | live           | *                                      | APPLIED  | REMOVED | -
            removeOld     | absent expired | *                                      | UNMET    | NONE    | -
            removeOld     | live           | *                                      | APPLIED  | REMOVED | -
            removeOther   | absent expired | *                                      | UNMET    | NONE    | -
            removeOther   | live           | eternal zeroCreation zeroUpdate        | UNMET    | NONE    | old@5000
            removeOther   | live           | access all                             | UNMET    | TOUCHED | old@1300
            removeOther   | live           | zeroAccess                             | UNMET    | TOUCHED | old@1000
            touchSeen     | absent expired | *                                      | UNMET    | NONE    | -
            touchSeen     | live           | eternal zeroCreation zeroUpdate        | APPLIED  | NONE    | old@5000
            touchSeen     | live           | access all                             | APPLIED  | TOUCHED | old@1300
            touchSeen     | live           | zeroAccess                             | APPLIED  | TOUCHED | old@1000
            touchStale    | absent expired | *                                      | UNMET    | NONE    | -
            touchStale    | live           | *                                      | UNMET    | NONE    | old@5000
            expire        | absent expired | *                                      | APPLIED  | NONE    | -
            expire        | live           | *                                      | UNMET    | NONE    | old@5000
            evict         | absent expired | *                                      | UNMET    | NONE    | -
            evict         | live           | *                                      | APPLIED  | EVICTED | -
            putAtNone     | absent expired | eternal zeroUpdate zeroAccess access   | APPLIED  | CREATED | new@never
            putAtNone     | absent expired | all                                    | APPLIED  | CREATED | new@1100
            putAtNone     | absent expired | zeroCreation                           | APPLIED  | NONE    | -
            putAtNone     | live           | *                                      | CONFLICT | NONE    | old@5000
            putAtSeen     | absent expired | *                                      | CONFLICT | NONE    | -
            putAtSeen     | live           | eternal zeroCreation zeroAccess access | APPLIED  | UPDATED | new@5000
            putAtSeen     | live           | all                                    | APPLIED  | UPDATED | new@1200
            putAtSeen     | live           | zeroUpdate                             | APPLIED  | UPDATED | new@1000
            putAtStale    | *              | *                                      | CONFLICT | NONE    | same
            removeAtSeen  | absent expired | *                                      | CONFLICT | NONE    | -
            removeAtSeen  | live           | *                                      | APPLIED  | REMOVED | -
            removeAtNone  | absent expired | *                                      | UNMET    | NONE    | -
            removeAtNone  | live           | *                                      | CONFLICT | NONE    | old@5000
            """)
    void operationLeavesWhatTheTableSays(
            String operation, String entries, String rules, Outcome.Status status, Change change, String left) {
        for (String entry : each(entries, List.of("absent", "live", "expired"))) {
            for (String rule : each(rules, RULES)) {
                String row = operation + " of " + entry + " entry under " + rule;
                StoredRecord old = plant(row, entry);
                Outcome outcome = leader.execute(operation(operation, row, rule, old), null, NOW);

                StoredRecord live = entry.equals("live") ? old : null;
                StoredRecord held = replica.get(row);
                assertThat(outcome.status()).as(row).isEqualTo(status);
                assertThat(outcome.change()).as(row).isEqualTo(change);
                assertThat(outcome.applied()).as(row).isEqualTo(status == Outcome.Status.APPLIED);
                assertThat(outcome.before()).as(row).isSameAs(live);
                assertThat(outcome.after()).as(row).isSameAs(held);
                assertThat(text(held)).as(row).isEqualTo(left.equals("same") ? text(live) : left);
                assertVersion(row, change, live, held);
                assertTold(row, entry, old, outcome);
            }
        }
    }

    private static void assertVersion(
            String row, Change change, @Nullable StoredRecord live, @Nullable StoredRecord held) {
        if (live == null || held == null) {
            return;
        }
        if (change == Change.UPDATED) {
            assertThat(held.isNewerThan(live)).as(row).isTrue();
        } else {
            assertThat(held.version()).as(row).isEqualTo(live.version());
        }
    }

    private void assertTold(String row, String entry, @Nullable StoredRecord old, Outcome outcome) {
        List<Recorder.Told> expected = new ArrayList<>();
        if (entry.equals("expired")) {
            expected.add(new Recorder.Told(row, Change.EXPIRED, old, null));
        }
        if (outcome.change() != Change.NONE) {
            expected.add(new Recorder.Told(row, outcome.change(), outcome.before(), outcome.after()));
        }
        assertThat(recorder.calls).as(row).isEqualTo(expected);
    }

    private @Nullable StoredRecord plant(String key, String entry) {
        if (!entry.equals("absent")) {
            long life = entry.equals("live") ? 5_000 : NOW;
            leader.execute(new Put(key, "old", new ExpiryRule(life, STAYS, STAYS)), null, 0);
        }
        recorder.calls.clear();
        return replica.get(key);
    }

    private static EntryOp operation(String name, String key, String ruleName, @Nullable StoredRecord old) {
        ExpiryRule rule = rule(ruleName);
        Version stale = new Version(1, 1);
        Version seen = old == null ? stale : old.version();
        switch (name) {
            case "get":
                return new Get(key, rule);
            case "put":
                return new Put(key, "new", rule);
            case "putIfAbsent":
                return new PutIfAbsent(key, "new", rule);
            case "replace":
                return new Replace(key, "new", rule);
            case "replaceOld":
                return new ReplaceIfEqual(key, new String("old"), "new", rule);
            case "replaceOther":
                return new ReplaceIfEqual(key, "other", "new", rule);
            case "remove":
                return new Remove(key);
            case "removeOld":
                return new RemoveIfEqual(key, new String("old"), rule);
            case "removeOther":
                return new RemoveIfEqual(key, "other", rule);
            case "touchSeen":
                return new Touch(key, seen, rule);
            case "touchStale":
                return new Touch(key, stale, rule);
            case "expire":
                return new Expire(key);
            case "evict":
                return new Evict(key);
            case "putAtNone":
                return new AtVersion(new Put(key, "new", rule), null);
            case "putAtSeen":
                return new AtVersion(new Put(key, "new", rule), seen);
            case "putAtStale":
                return new AtVersion(new Put(key, "new", rule), stale);
            case "removeAtSeen":
                return new AtVersion(new Remove(key), seen);
            case "removeAtNone":
                return new AtVersion(new Remove(key), null);
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static ExpiryRule rule(String name) {
        long eternal = ExpiryRule.ETERNAL;
        switch (name) {
            case "eternal":
                return ExpiryRule.NEVER;
            case "zeroCreation":
                return new ExpiryRule(0, STAYS, STAYS);
            case "zeroUpdate":
                return new ExpiryRule(eternal, 0, STAYS);
            case "zeroAccess":
                return new ExpiryRule(eternal, STAYS, 0);
            case "access":
                return new ExpiryRule(eternal, STAYS, 300);
            case "all":
                return new ExpiryRule(100, 200, 300);
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static List<String> each(String names, List<String> all) {
        return names.equals("*") ? all : List.of(names.split(" "));
    }

    private static String text(@Nullable StoredRecord record) {
        if (record == null) {
            return "-";
        }
        String end = record.expiresAtMillis() == StoredRecord.NEVER ? "never" : "" + record.expiresAtMillis();
        return Objects.toString(record.value()) + "@" + end;
    }
}
