/**
 * Measures what a round trip between two processes costs on this product's transport, beside a blocking socket and Netty. Uses
 * the transport through its SPI; started by hand.
 */
@NullMarked
package dev.hypercache.examples.roundtrip;

import org.jspecify.annotations.NullMarked;
