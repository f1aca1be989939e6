package dev.hypercache.examples.hibernate;

import java.io.Serial;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.jcache.internal.JCacheRegionFactory;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;

/** Hibernate's regions in caches of JCache, with entities and collections that other processes cannot turn back. */
public final class RingRegionFactory extends JCacheRegionFactory {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    protected DomainDataStorageAccess createDomainDataStorageAccess(
            DomainDataRegionConfig region, DomainDataRegionBuildingContext context) {
        return new ConditionalAccess(getOrCreateCache(region.getRegionName(), context.getSessionFactory()));
    }
}
