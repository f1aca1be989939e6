package dev.hypercache.examples.quickstart;

import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Computes the time-zone pickers of some 150 languages, first without a cache and then with one. */
public final class Quickstart {
    private final Cache<String, ZonePicker> cache;
    private int computed;

    private Quickstart(Cache<String, ZonePicker> cache) {
        this.cache = cache;
    }

    /** Prints timings, hits and a check of the results; ends with status 1 if a served value differs from a computed one. */
    public static void main(String[] args) throws JMException {
        boolean correct;
        try (CachingProvider provider = Caching.getCachingProvider();
                CacheManager manager = provider.getCacheManager()) {
            MutableConfiguration<String, ZonePicker> configuration = new MutableConfiguration<String, ZonePicker>()
                    .setTypes(String.class, ZonePicker.class)
                    .setStatisticsEnabled(true);
            Cache<String, ZonePicker> cache = manager.createCache("zone-pickers", configuration);
            print("provider: %s", provider.getClass().getName());
            correct = new Quickstart(cache).run();
            printStatistics(cache);
        }
        if (!correct) {
            System.exit(1);
        }
    }

    private boolean run() {
        List<String> languages = languages();
        print(
                "task: name, transcribe and sort %d time zones in each of %d languages (ICU4J %s)",
                ZonePicker.zones().size(), languages.size(), VersionInfo.ICU_VERSION);

        Map<String, ZonePicker> expected = pass("without cache, pass 1", languages, this::compute);
        pass("without cache, pass 2", languages, this::compute);
        pass("with cache,    pass 1", languages, this::lookUp);
        int computedBefore = computed;
        Map<String, ZonePicker> served = pass("with cache,    pass 2", languages, this::lookUp);

        boolean correct = served.equals(expected) && computed == computedBefore;
        print("example: %s", example(served, "is"));
        print("check: the %d served pickers equal the computed ones: %s", served.size(), correct ? "yes" : "NO");
        return correct;
    }

    private ZonePicker lookUp(String language) {
        ZonePicker picker = cache.get(language);
        if (picker == null) {
            picker = compute(language);
            cache.put(language, picker);
        }
        return picker;
    }

    private ZonePicker compute(String language) {
        computed++;
        return ZonePicker.compute(language);
    }

    private Map<String, ZonePicker> pass(String name, List<String> languages, Function<String, ZonePicker> source) {
        int computedBefore = computed;
        long start = System.nanoTime();
        Map<String, ZonePicker> pickers = new LinkedHashMap<>();
        for (String language : languages) {
            pickers.put(language, source.apply(language));
        }
        double millis = (System.nanoTime() - start) / 1e6;
        print("%s: %9.1f ms, %d pickers computed", name, millis, computed - computedBefore);
        return pickers;
    }

    /** The languages with a two-letter code, without the scripts and countries that mostly repeat them. */
    static List<String> languages() {
        List<String> tags = new ArrayList<>();
        for (ULocale locale : ULocale.getAvailableLocales()) {
            if (locale.toLanguageTag().length() == 2) {
                tags.add(locale.toLanguageTag());
            }
        }
        return tags;
    }

    private static String example(Map<String, ZonePicker> pickers, String language) {
        ZonePicker picker = pickers.get(language);
        if (picker == null) {
            return "(language not known)";
        }
        int middle = picker.labels().size() / 2;
        return picker.labels().get(middle) + ", found as " + picker.searchKeys().get(middle);
    }

    /** Reads the standard JCache statistics bean, as a monitoring agent would. */
    private static void printStatistics(Cache<?, ?> cache) throws JMException {
        String manager = cache.getCacheManager().getURI().toString().replaceAll("[:=,\n]", ".");
        ObjectName bean = new ObjectName(
                "javax.cache:type=CacheStatistics,CacheManager=" + manager + ",Cache=" + cache.getName());
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        print(
                "statistics: %s hits, %s misses, hit ratio %.0f %%",
                server.getAttribute(bean, "CacheHits"),
                server.getAttribute(bean, "CacheMisses"),
                server.getAttribute(bean, "CacheHitPercentage"));
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
