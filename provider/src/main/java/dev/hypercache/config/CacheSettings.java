package dev.hypercache.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the configuration says about one cache; everything is null where it says nothing. */
public final class CacheSettings {
    private final String cacheName;
    private final List<CacheRule> rules;

    CacheSettings(String cacheName, List<CacheRule> rules) {
        this.cacheName = cacheName;
        this.rules = rules;
    }

    /** Largest number of entries, at least 1. */
    public @Nullable Long maxEntries() {
        return (Long) value(Setting.CACHE_MAX_ENTRIES);
    }

    /** Largest memory of the entries in bytes. */
    public @Nullable Long maxBytes() {
        return (Long) value(Setting.CACHE_MAX_BYTES);
    }

    public @Nullable ExpirySetting expiry() {
        return (ExpirySetting) value(Setting.CACHE_EXPIRY);
    }

    /** Whether the cache gathers statistics. */
    public @Nullable Boolean statistics() {
        return (Boolean) value(Setting.CACHE_STATISTICS);
    }

    /** Whether the cache publishes its configuration as an MXBean. */
    public @Nullable Boolean management() {
        return (Boolean) value(Setting.CACHE_MANAGEMENT);
    }

    /** The level of reads as a constant of the caller's enum with {@code ONE}, {@code QUORUM}, {@code ALL}. */
    public <E extends Enum<E>> @Nullable E consistencyRead(Class<E> levels) {
        return Settings.constant(levels, (String) value(Setting.CACHE_CONSISTENCY_READ));
    }

    /** The level of writes, as {@link #consistencyRead}. */
    public <E extends Enum<E>> @Nullable E consistencyWrite(Class<E> levels) {
        return Settings.constant(levels, (String) value(Setting.CACHE_CONSISTENCY_WRITE));
    }

    /**
     * The value whose pattern fits best: the exact name, then the longest literal prefix, then the longest pattern; of
     * equals the one of the strongest source, which comes first.
     */
    @Nullable
    Object value(Setting setting) {
        CacheRule best = null;
        int bestFit = -1;
        for (int i = 0; i < rules.size(); i++) {
            CacheRule rule = rules.get(i);
            int fit = rule.setting() == setting ? rule.fit(cacheName) : -1;
            boolean longer = best != null
                    && fit == bestFit
                    && rule.pattern().length() > best.pattern().length();
            if (fit > bestFit || longer) {
                best = rule;
                bestFit = fit;
            }
        }
        return best == null ? null : best.value();
    }
}
