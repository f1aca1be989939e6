package dev.hypercache.jcache.value;

import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/** Calls the application's factories, so that each failure names the cache and what could not be made. */
public final class FactoryCall {

    private FactoryCall() {}

    /**
     * What a factory makes.
     *
     * @param what names the product, for instance "cache loader"
     * @throws CacheException if there is no factory, or it throws or makes null
     */
    public static <T> T made(String cacheName, String what, @Nullable Factory<? extends T> factory) {
        if (factory == null) {
            throw new CacheException("cache '" + cacheName + "' is given a " + what + " without a factory; the"
                    + " configuration must have a factory that makes it");
        }
        T made;
        try {
            made = factory.create();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new CacheException("the " + what + " factory of cache '" + cacheName + "' failed", e);
        }
        if (made == null) {
            throw new CacheException("the " + what + " factory of cache '" + cacheName
                    + "' returned null; it must make a " + what + ", or be left out of the configuration");
        }
        return made;
    }
}
