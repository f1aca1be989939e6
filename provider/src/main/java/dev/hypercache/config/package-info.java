/**
 * The one table of configuration keys, and how their values come together from file, environment and JVM.
 *
 * <p>Knows nothing of nodes, caches or JSR-107 beyond its exception type, and starts nothing. Called by whatever needs
 * a setting; a manager loads one {@link dev.hypercache.config.Settings} when it is created.
 */
@NullMarked
package dev.hypercache.config;

import org.jspecify.annotations.NullMarked;
