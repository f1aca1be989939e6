/**
 * How seeds become one ring, and how a node that is in none asks to join (CONSISTENCY §5, bootstrap).
 *
 * <p>Knows neither clock nor network: who calls brings the present in milliseconds, carries what is asked to its address and
 * brings back what was answered. Knows nothing of the ring's life afterwards. Called by the assembler while a node has no ring,
 * and by a member that is asked to let another one in.
 */
@NullMarked
package dev.hypercache.core.form;

import org.jspecify.annotations.NullMarked;
