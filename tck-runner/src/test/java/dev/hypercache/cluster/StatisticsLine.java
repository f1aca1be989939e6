package dev.hypercache.cluster;

import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.jcache.HyperCache;
import dev.hypercache.jcache.manage.StatisticsScope;
import dev.hypercache.jcache.manage.StatisticsSum;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.Cache;

/**
 * The statistics of a cache over its ring, as a node's process says them in one line.
 *
 * @param gets entries asked for
 * @param puts entries stored
 * @param removals entries removed
 * @param evictions entries that the bound drove out
 * @param expirations entries whose time was over
 * @param missing the names of the members that did not answer
 */
record StatisticsLine(long gets, long puts, long removals, long evictions, long expirations, List<String> missing) {

    static String of(Cache<?, ?> cache) {
        StatisticsSum sum = cache.unwrap(HyperCache.class).statistics(StatisticsScope.CLUSTER);
        CacheCounts counts = sum.counts();
        return sum.gets() + " " + counts.puts() + " " + counts.removals() + " " + counts.evictions() + " "
                + counts.expirations() + " " + String.join(",", sum.membersMissing());
    }

    static StatisticsLine parse(String line) {
        String[] words = line.split(" ", -1);
        List<String> missing =
                Stream.of(words[5].split(",")).filter(name -> !name.isEmpty()).toList();
        return new StatisticsLine(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                missing);
    }
}
