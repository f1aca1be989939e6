package dev.hypercache.conformance;

import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;

/** Entry processors on {@code key} that tables of the specification speak of. */
final class Processing {

    private Processing() {}

    static void noOp(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> "");
    }

    static void read(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> entry.getValue());
    }

    static void set(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> {
            entry.setValue("new");
            return "";
        });
    }

    static void setTwice(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> {
            entry.setValue("first");
            String first = entry.getValue();
            entry.setValue("new");
            return first;
        });
    }

    static void remove(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> {
            entry.remove();
            return "";
        });
    }

    static void setThenRemove(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> {
            entry.setValue("new");
            entry.remove();
            return "";
        });
    }

    static void removeThenSet(Cache<String, String> cache) {
        invoke(cache, (entry, arguments) -> {
            entry.remove();
            entry.setValue("new");
            return "";
        });
    }

    static void setThenFail(Cache<String, String> cache) {
        try {
            invoke(cache, (entry, arguments) -> {
                entry.setValue("new");
                throw new IllegalStateException("the processor fails");
            });
            throw new AssertionError("The failure of the processor was lost");
        } catch (EntryProcessorException expected) {
            // The row asks what the failure leaves behind.
        }
    }

    private static void invoke(Cache<String, String> cache, EntryProcessor<String, String, String> processor) {
        cache.invoke("key", processor);
    }
}
