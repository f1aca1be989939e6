package dev.hypercache.jcache;

import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** What a processor returned for one key, or how it failed. */
final class InvokeResult<T> implements EntryProcessorResult<T> {

    private final @Nullable T value;
    private final @Nullable EntryProcessorException failure;

    private InvokeResult(@Nullable T value, @Nullable EntryProcessorException failure) {
        this.value = value;
        this.failure = failure;
    }

    /** Runs a processor; null if it returned null, which JSR-107 maps to nothing. */
    static <T> @Nullable InvokeResult<T> of(Supplier<@Nullable T> processor) {
        try {
            T value = processor.get();
            return value == null ? null : new InvokeResult<>(value, null);
        } catch (EntryProcessorException e) {
            return new InvokeResult<>(null, e);
        } catch (CacheException e) {
            return new InvokeResult<>(null, new EntryProcessorException(e));
        }
    }

    @Override
    public @Nullable T get() throws EntryProcessorException {
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    @Override
    public String toString() {
        return failure == null ? String.valueOf(value) : failure.toString();
    }
}
