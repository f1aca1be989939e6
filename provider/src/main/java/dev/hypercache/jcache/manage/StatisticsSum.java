package dev.hypercache.jcache.manage;

import dev.hypercache.core.op.CacheCounts;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The statistics of a cache at one moment (JSR-107 §12).
 *
 * <p>Percentages and averages are those of the sums; they are 0 when there is nothing to divide by. Averages are in
 * microseconds.
 *
 * @param counts what was counted
 * @param members how many members of the ring it is the sum of
 * @param membersMissing the names of the members that did not answer, sorted; the sum is without them
 */
public record StatisticsSum(CacheCounts counts, int members, List<String> membersMissing) {

    /** Whether members of the ring are missing in it. */
    public boolean isPartial() {
        return !membersMissing.isEmpty();
    }

    public long gets() {
        return counts.hits() + counts.misses();
    }

    public float hitPercentage() {
        return percentage(counts.hits());
    }

    public float missPercentage() {
        return percentage(counts.misses());
    }

    private float percentage(long part) {
        long gets = gets();
        return gets == 0 ? 0 : 100f * part / gets;
    }

    public float averageGetMicros() {
        return averageMicros(counts.gets());
    }

    public float averagePutMicros() {
        return averageMicros(counts.stores());
    }

    public float averageRemoveMicros() {
        return averageMicros(counts.removes());
    }

    private static float averageMicros(CacheCounts.Timed timed) {
        long operations = timed.operations();
        return operations == 0 ? 0 : (float) timed.nanos() / operations / TimeUnit.MICROSECONDS.toNanos(1);
    }
}
