package dev.hypercache.tck;

import com.google.inject.Guice;
import com.google.inject.Injector;
import javax.cache.annotation.BeanProvider;
import org.jsr107.ri.annotations.guice.module.CacheAnnotationsModule;

/**
 * The container of the TCK's annotation tests: without one they would pass without running.
 *
 * <p>The interceptors are the reference implementation's; the caches that they find are ours.
 */
public final class GuiceBeanProvider implements BeanProvider {

    private final Injector injector = Guice.createInjector(new CacheAnnotationsModule());

    /** Called by {@link java.util.ServiceLoader}. */
    public GuiceBeanProvider() {}

    @Override
    public <T> T getBeanByType(Class<T> beanType) {
        return injector.getInstance(beanType);
    }
}
