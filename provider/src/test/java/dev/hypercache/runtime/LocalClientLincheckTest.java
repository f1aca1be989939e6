package dev.hypercache.runtime;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.spi.storage.RetentionLimits;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every operation of a client is atomic: what concurrent callers see could have come one after the other on a map.
 *
 * <p>Threads wait for monitors and parked holders here, so runs are stressed, not model-checked.
 */
@Tag("lincheck")
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class LocalClientLincheckTest {

    private final LocalClient client =
            TestNode.patient("lincheck").openClient("cache", RetentionLimits.unbounded(), false);

    @Test
    void clientIsLinearizable() {
        new StressOptions()
                .iterations(Integer.getInteger("hypercache.lincheck.iterations", 12))
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(2)
                .actorsAfter(2)
                .sequentialSpecification(PlainMap.class)
                .check(LocalClientLincheckTest.class);
    }

    @Operation
    public @Nullable Object get(@Param(name = "key") int key) {
        return value(client.execute(new Get(key, ExpiryRule.NEVER)).before());
    }

    @Operation
    public @Nullable Object read(@Param(name = "key") int key) {
        return value(client.read(key));
    }

    @Operation
    public @Nullable Object put(@Param(name = "key") int key, @Param(name = "value") int value) {
        return before(new Put(key, value, ExpiryRule.NEVER));
    }

    @Operation
    public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return client.execute(new PutIfAbsent(key, value, ExpiryRule.NEVER)).applied();
    }

    @Operation
    public @Nullable Object replace(@Param(name = "key") int key, @Param(name = "value") int value) {
        return before(new Replace(key, value, ExpiryRule.NEVER));
    }

    @Operation
    public boolean replaceIfEqual(
            @Param(name = "key") int key, @Param(name = "value") int expected, @Param(name = "value") int value) {
        return client.execute(new ReplaceIfEqual(key, expected, value, ExpiryRule.NEVER))
                .applied();
    }

    @Operation
    public @Nullable Object remove(@Param(name = "key") int key) {
        return before(new Remove(key));
    }

    @Operation
    public boolean removeIfEqual(@Param(name = "key") int key, @Param(name = "value") int expected) {
        return client.execute(new RemoveIfEqual(key, expected, ExpiryRule.NEVER))
                .applied();
    }

    /** As a custom expiry policy does it: look, decide, apply if nothing changed. */
    @Operation
    public @Nullable Object addByVersion(@Param(name = "key") int key) {
        while (true) {
            StoredRecord seen = client.read(key);
            Outcome outcome = client.execute(plusTen(key, seen));
            if (outcome.applied()) {
                return value(seen);
            }
        }
    }

    /** As an entry processor does it: the same under a hold. */
    @Operation
    public @Nullable Object addUnderHold(@Param(name = "key") int key) {
        Hold hold = client.hold(key, HoldKind.EXCLUSIVE, RingClient.NO_TIMEOUT);
        StoredRecord seen = client.read(key);
        Outcome outcome = client.executeAndRelease(plusTen(key, seen), hold);
        hold.close();
        return outcome.applied() ? value(seen) : "a holder met a " + outcome.status();
    }

    private static EntryOp plusTen(int key, @Nullable StoredRecord seen) {
        int sum = seen == null ? 10 : (int) seen.value() + 10;
        return new AtVersion(new Put(key, sum, ExpiryRule.NEVER), seen == null ? null : seen.version());
    }

    private @Nullable Object before(EntryOp op) {
        return value(client.execute(op).before());
    }

    private static @Nullable Object value(@Nullable StoredRecord record) {
        return record == null ? null : record.value();
    }
}
