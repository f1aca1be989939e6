package dev.hypercache.jcache.manage;

import java.util.List;
import javax.cache.management.CacheStatisticsMXBean;

/** The statistics of a cache summed over its ring, and whether that is all of it. */
public interface ClusterStatisticsMXBean extends CacheStatisticsMXBean {

    /** How many members the numbers are the sum of. */
    int getMembers();

    /** The names of the members that did not answer; the numbers are without them. */
    List<String> getMembersMissing();

    /** Whether members are missing. */
    boolean isPartial();
}
