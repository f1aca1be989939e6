/**
 * Faults on purpose: a transport that loses, delays, repeats and reorders what another transport carries.
 *
 * <p>Stands between a node and any transport and decides by a plan and a seed. Knows no message, no ring and no particular
 * transport. Made by tests, also by users' own; called through the transport SPI.
 */
@NullMarked
package dev.hypercache.transport.fault;

import org.jspecify.annotations.NullMarked;
