package dev.hypercache.bootstrap;

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
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.runtime.PlainMap;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RingClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every operation of a ring's member is atomic, whichever node it is asked of: what concurrent callers see could have come
 * one after the other on a map.
 *
 * <p>Threads wait for other nodes here, so runs are stressed, not model-checked. All runs share one ring, and each has keys
 * of its own.
 */
@Tag("lincheck")
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class RingLincheckTest {

    private static final LocalRing RING = LocalRing.of(3);
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final int run = RUNS.incrementAndGet();
    private final int cache = RING.node(0).ringId("lincheck", CacheTraits.ORDERED);
    private final RingClient[] clients = {
        RingLoad.client(RING.node(0), "lincheck"), RingLoad.client(RING.node(1), "lincheck")
    };

    @AfterAll
    static void close() {
        RING.close();
    }

    @Test
    void memberIsLinearizable() {
        new StressOptions()
                .iterations(Integer.getInteger("hypercache.lincheck.iterations", 5))
                .invocationsPerIteration(50)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(2)
                .actorsAfter(2)
                .sequentialSpecification(PlainMap.class)
                .check(RingLincheckTest.class);
    }

    @Operation
    public @Nullable Object get(@Param(name = "key") int key) {
        return value(client().execute(new Get(key(key), ExpiryRule.NEVER)).before());
    }

    @Operation
    public @Nullable Object read(@Param(name = "key") int key) {
        return value(client().read(key(key)));
    }

    @Operation
    public @Nullable Object put(@Param(name = "key") int key, @Param(name = "value") int value) {
        return before(new Put(key(key), bytes(value), ExpiryRule.NEVER));
    }

    @Operation
    public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return client().execute(new PutIfAbsent(key(key), bytes(value), ExpiryRule.NEVER))
                .applied();
    }

    @Operation
    public @Nullable Object replace(@Param(name = "key") int key, @Param(name = "value") int value) {
        return before(new Replace(key(key), bytes(value), ExpiryRule.NEVER));
    }

    @Operation
    public boolean replaceIfEqual(
            @Param(name = "key") int key, @Param(name = "value") int expected, @Param(name = "value") int value) {
        return client().execute(new ReplaceIfEqual(key(key), bytes(expected), bytes(value), ExpiryRule.NEVER))
                .applied();
    }

    @Operation
    public @Nullable Object remove(@Param(name = "key") int key) {
        return before(new Remove(key(key)));
    }

    @Operation
    public boolean removeIfEqual(@Param(name = "key") int key, @Param(name = "value") int expected) {
        return client().execute(new RemoveIfEqual(key(key), bytes(expected), ExpiryRule.NEVER))
                .applied();
    }

    /** As a custom expiry policy does it: look, decide, apply if nothing changed. */
    @Operation
    public @Nullable Object addByVersion(@Param(name = "key") int key) {
        while (true) {
            StoredRecord seen = client().read(key(key));
            Outcome outcome = client().execute(plusTen(key, seen));
            if (outcome.applied()) {
                return value(seen);
            }
        }
    }

    /** As an entry processor does it: the same under a hold. */
    @Operation
    public @Nullable Object addUnderHold(@Param(name = "key") int key) {
        RingClient holder = client();
        Hold hold = holder.hold(key(key), HoldKind.EXCLUSIVE, RingClient.NO_TIMEOUT);
        StoredRecord seen = holder.read(key(key));
        Outcome outcome = holder.executeAndRelease(plusTen(key, seen), hold);
        hold.close();
        return outcome.applied() ? value(seen) : "a holder met a " + outcome.status();
    }

    private EntryOp plusTen(int key, @Nullable StoredRecord seen) {
        int sum = seen == null ? 10 : (int) value(seen) + 10;
        return new AtVersion(new Put(key(key), bytes(sum), ExpiryRule.NEVER), seen == null ? null : seen.version());
    }

    private @Nullable Object before(EntryOp op) {
        return value(client().execute(op).before());
    }

    private static @Nullable Object value(@Nullable StoredRecord record) {
        return record == null ? null : (int) ((ValueBytes) record.value()).toBytes()[0];
    }

    private RingClient client() {
        return clients[ThreadLocalRandom.current().nextInt(clients.length)];
    }

    private KeyBytes key(int key) {
        return KeyBytes.of(cache, (run + "/" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static ValueBytes bytes(int value) {
        return ValueBytes.of(new byte[] {(byte) value});
    }
}
