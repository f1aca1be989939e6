package dev.hypercache.examples.spring;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** How the annotations behave. Spring needs it before it can process other beans. */
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
@Configuration(proxyBeanMethods = false)
class Caching implements CachingConfigurer {
    private final ObjectProvider<MeterRegistry> meters;

    Caching(ObjectProvider<MeterRegistry> meters) {
        this.meters = meters;
    }

    @Override
    public CacheErrorHandler errorHandler() {
        return new CacheFailures(meters);
    }
}
