/**
 * Read-through and write-through: loaders and writers of the application.
 *
 * <p>User code runs under a hold of its key; what follows is conditional on the version that was seen.
 */
@NullMarked
package dev.hypercache.jcache.through;

import org.jspecify.annotations.NullMarked;
