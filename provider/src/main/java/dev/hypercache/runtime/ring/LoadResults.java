package dev.hypercache.runtime.ring;

import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.runtime.call.Loaded;
import java.nio.charset.StandardCharsets;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * What loads bring as it crosses the ring. An exception is an object of the application, whose class other nodes may not
 * know: its text alone is shared.
 */
final class LoadResults {

    private static final int TEXT_MAX = 2_000;

    private LoadResults() {}

    static LoadResult of(Loaded loaded) {
        CacheLoaderException failure = loaded.failure();
        if (failure != null) {
            byte[] text = textOf(failure).getBytes(StandardCharsets.UTF_8);
            return new LoadResult(LoadResult.State.FAILED, ValueBytes.of(text));
        }
        Object value = loaded.valueHandle();
        return new LoadResult(value == null ? LoadResult.State.NOTHING : LoadResult.State.LOADED, value);
    }

    private static String textOf(CacheLoaderException failure) {
        Throwable cause = failure.getCause();
        String text = cause == null ? failure.toString() : failure + ": " + cause;
        return text.substring(0, Math.min(text.length(), TEXT_MAX));
    }

    static Loaded read(LoadResult result) {
        Object value = result.value();
        switch (result.state()) {
            case LOADED:
                return new Loaded(value, null);
            case NOTHING:
                return Loaded.NOTHING;
            default:
                return new Loaded(
                        null, new CacheLoaderException("another caller's load of the key failed: " + text(value)));
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof ValueBytes bytes ? new String(bytes.toBytes(), StandardCharsets.UTF_8) : "";
    }
}
