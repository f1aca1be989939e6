/** Tests of rings of several processes: real sockets, real signals. */
@NullMarked
package dev.hypercache.cluster;

import org.jspecify.annotations.NullMarked;
