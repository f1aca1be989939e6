package dev.hypercache.jcache.process;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.through.WriteThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.ConditionalApply;
import dev.hypercache.jcache.value.WrittenEntry;
import dev.hypercache.runtime.call.FencingToken;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricName;
import java.util.List;
import java.util.Objects;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * Runs entry processors at their caller.
 *
 * <p>The net effect of a processor is applied on the condition that the entry is as the processor saw it; if it is not, the
 * processor runs again. It may run more than once; its effect is applied exactly once. A processor of an entry that is
 * there runs freely at first, since most work for less than a microsecond and few meet. It runs under a hold of its key
 * the second time, and from the start where it may be costly: when there is no entry yet, as for Spring's {@code
 * @Cacheable(sync = true)}, or when the cache has a loader, a writer or a policy to ask. Under a hold, processors of one key
 * run one after the other and plain mutations of others wait.
 */
public final class ProcessorCall<K, V> {

    /** How often a processor is run for one call before the call fails. */
    static final int RUNS_MAX = 64;

    private final CacheContext<K, V> context;
    private final RingClient client;
    private final ConditionalApply conditional;
    private final @Nullable ReadThrough<K, V> readThrough;
    private final @Nullable WriteThrough<K, V> writeThrough;
    private final boolean mayRunFreely;

    /** What a processor returned and what it did to the entry. */
    public record Result<T>(@Nullable T value, boolean present, Change change) {}

    public ProcessorCall(
            CacheContext<K, V> context,
            @Nullable ReadThrough<K, V> readThrough,
            @Nullable WriteThrough<K, V> writeThrough) {
        this.context = context;
        this.client = context.client();
        this.conditional = new ConditionalApply(client, context.values(), context.expiration());
        this.readThrough = readThrough;
        this.writeThrough = writeThrough;
        this.mayRunFreely = readThrough == null
                && writeThrough == null
                && !context.expiration().asks();
    }

    /**
     * Runs a processor on an entry.
     *
     * @throws EntryProcessorException if the processor failed; nothing was changed
     */
    public <T> Result<T> invoke(Object keyHandle, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        StoredRecord present = mayRunFreely ? client.read(keyHandle) : null;
        if (present != null) {
            Result<T> result = run(keyHandle, present, null, processor, arguments);
            if (result != null) {
                return result;
            }
            context.metrics().count(MetricName.PROCESSOR_RETRIES);
        }
        for (int run = 0; run < RUNS_MAX; run++) {
            try (Hold hold = client.hold(keyHandle, HoldKind.EXCLUSIVE, RingClient.NO_TIMEOUT)) {
                Result<T> result = run(keyHandle, client.read(keyHandle), hold, processor, arguments);
                if (result != null) {
                    return result;
                }
            }
            context.metrics().count(MetricName.PROCESSOR_RETRIES);
        }
        throw new CacheException("an entry processor of cache '" + context.cacheName() + "' was run " + RUNS_MAX
                + " times and each time its entry had changed meanwhile; change the entry through the MutableEntry,"
                + " not through the cache");
    }

    /** Runs processors of several keys together; null where they run one by one, as a writer is called. */
    public @Nullable ProcessorBatch<K, V> together() {
        return writeThrough == null && client.isRemote()
                ? new ProcessorBatch<>(context, readThrough, mayRunFreely)
                : null;
    }

    /** One run; null if the entry has changed and the processor must run again. */
    private <T> @Nullable Result<T> run(
            Object keyHandle,
            @Nullable StoredRecord seen,
            @Nullable Hold hold,
            EntryProcessor<K, V, T> processor,
            @Nullable Object[] arguments) {
        ProcessorEntry<K, V> entry =
                new ProcessorEntry<>(context.values().key(keyHandle), seen, context.values(), readThrough);
        T value = process(processor, entry, arguments);
        Change change = apply(keyHandle, entry, seen, hold);
        if (change == null) {
            return null;
        }
        // What a loader brings is no put (JSR-107 statistics).
        boolean loaded = entry.effect() == ProcessorEntry.Effect.LOAD;
        return new Result<>(value, seen != null, loaded ? Change.NONE : change);
    }

    static <K, V, T> @Nullable T process(
            EntryProcessor<K, V, T> processor, ProcessorEntry<K, V> entry, @Nullable Object[] arguments) {
        try {
            return processor.process(entry, arguments);
        } catch (CacheException e) {
            throw e instanceof EntryProcessorException ? e : new EntryProcessorException(e);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new EntryProcessorException("the entry processor failed; the entry is unchanged", e);
        }
    }

    /** Applies the processor's net effect; null if the entry has changed and the processor must run again. */
    private @Nullable Change apply(
            Object keyHandle, ProcessorEntry<K, V> entry, @Nullable StoredRecord seen, @Nullable Hold hold) {
        switch (entry.effect()) {
            case SET:
                return store(keyHandle, entry, seen, hold, writeThrough);
            case LOAD:
                return store(keyHandle, entry, seen, hold, null);
            case REMOVE:
                return remove(keyHandle, seen, hold);
            case ACCESS:
                if (seen != null) {
                    conditional.touch(keyHandle, seen);
                }
                return Change.NONE;
            default:
                return Change.NONE;
        }
    }

    private @Nullable Change store(
            Object keyHandle,
            ProcessorEntry<K, V> entry,
            @Nullable StoredRecord seen,
            @Nullable Hold hold,
            @Nullable WriteThrough<K, V> writer) {
        V value = entry.newValue();
        Object handle = context.values().valueHandle(value);
        if (writer != null) {
            FencingToken token = hold == null ? null : hold.token();
            writer.write(new WrittenEntry<>(context.values().key(keyHandle), value, token));
        }
        EntryOp put = new Put(keyHandle, handle, context.expiration().rule());
        if (context.expiration().asks()) {
            put = conditional.withExpiry(put, conditional.preview(put, seen));
        }
        EntryOp asked = put;
        return writer == null
                ? settled(asked, seen, hold, false)
                : writer.applied(List.of(keyHandle), () -> written(asked, seen, hold));
    }

    private @Nullable Change remove(Object keyHandle, @Nullable StoredRecord seen, @Nullable Hold hold) {
        EntryOp remove = new Remove(keyHandle);
        if (writeThrough != null) {
            writeThrough.delete(context.values().key(keyHandle));
            return seen == null
                    ? Change.NONE
                    : writeThrough.applied(List.of(keyHandle), () -> written(remove, seen, hold));
        }
        return seen == null ? Change.NONE : settled(remove, seen, hold, false);
    }

    private Change written(EntryOp op, @Nullable StoredRecord seen, @Nullable Hold hold) {
        return Objects.requireNonNull(settled(op, seen, hold, true), "what was written has happened");
    }

    private @Nullable Change settled(EntryOp op, @Nullable StoredRecord seen, @Nullable Hold hold, boolean written) {
        Outcome outcome =
                hold == null ? conditional.apply(op, seen, null) : conditional.applyAndRelease(op, seen, hold);
        if (outcome.status() == Outcome.Status.APPLIED || outcome.status() == Outcome.Status.UNMET) {
            return outcome.change();
        }
        if (!written) {
            return null;
        }
        // The store has the new value and the cache must not keep another one. The next read asks the store.
        Change previewed = conditional.preview(op, seen).change();
        client.execute(new Remove(op.key()));
        return previewed;
    }
}
