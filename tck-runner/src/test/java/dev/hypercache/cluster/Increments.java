package dev.hypercache.cluster;

import javax.cache.Cache;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;

/**
 * The two ways to add one to a number in a cache. Both say which number came of it, as {@link Report} writes it, or {@link
 * Report#FAILED}.
 */
record Increments(Cache<String, String> cache, String key) {

    String byProcessor() {
        try {
            return Report.valueOf(cache.invoke(key, (entry, arguments) -> next(entry)));
        } catch (EntryProcessorException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static String next(MutableEntry<String, String> entry) {
        String next = next(entry.getValue());
        entry.setValue(next);
        return next;
    }

    private static String next(String number) {
        return Long.toString(number == null ? 1 : Long.parseLong(number) + 1);
    }

    /** One try: if somebody else was faster, nothing was added. */
    String byReplacing() {
        String before = cache.get(key);
        String next = next(before);
        boolean isStored = before == null ? cache.putIfAbsent(key, next) : cache.replace(key, before, next);
        return isStored ? Report.valueOf(next) : Report.FAILED;
    }
}
