/**
 * A network within one JVM, for rings of several nodes in one process.
 *
 * <p>Moves the bytes of frames between the threads of its nodes and gives each receiver a copy of its own, so that nodes
 * share nothing. Knows no message, no ring and no socket. Made by tests, by benchmarks and by applications that run
 * several nodes in one JVM; called through the transport SPI.
 */
@NullMarked
package dev.hypercache.transport.local;

import org.jspecify.annotations.NullMarked;
