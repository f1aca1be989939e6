/**
 * How nodes exchange frames.
 *
 * <p>A transport moves bytes between authenticated peers, matches replies to calls, bounds what is under way and says what
 * became of each call. It knows no message. Called by the node; implemented by transport adapters and by decorators that
 * inject faults.
 */
@NullMarked
package dev.hypercache.spi.transport;

import org.jspecify.annotations.NullMarked;
