package dev.hypercache.examples.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.stereotype.Service;

/** Gives each job to the worker that asks first, by an atomic {@code putIfAbsent}. */
@Service
public class JobOwners {
    private final CacheManager caches;

    JobOwners(CacheManager caches) {
        this.caches = caches;
    }

    /** Returns the job's owner: this worker, or the one that was faster. */
    public String claim(String job, String worker) {
        Cache cache = caches.getCache("job-owner");
        if (cache == null) {
            throw new IllegalStateException("No cache job-owner; name it in spring.cache.cache-names.");
        }
        Cache.@Nullable ValueWrapper earlier = cache.putIfAbsent(job, worker);
        return earlier == null ? worker : String.valueOf(earlier.get());
    }
}
