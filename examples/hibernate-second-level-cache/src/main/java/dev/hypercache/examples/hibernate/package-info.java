/**
 * An application whose entities, collections and results of queries Hibernate caches on a ring. It knows Hibernate and {@code
 * javax.cache}, not HyperCache: {@code hibernate.properties} and a file for each node bring it in.
 */
@NullMarked
package dev.hypercache.examples.hibernate;

import org.jspecify.annotations.NullMarked;
