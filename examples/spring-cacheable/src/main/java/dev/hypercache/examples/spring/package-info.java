/**
 * A Spring Boot application that caches through Spring's annotations. It knows Spring alone, neither {@code javax.cache}
 * nor HyperCache: {@code application.properties} and {@code hypercache.properties} bring them in. Spring calls it.
 */
@NullMarked
package dev.hypercache.examples.spring;

import org.jspecify.annotations.NullMarked;
