/**
 * Who calls: how callers prove who they are, which of them are let in, and what is written down of it (SECURITY §2, §3).
 *
 * <p>Knows neither HTTP servers nor the ring; the transport and its gate ask here, and the node puts in what its settings and
 * the security module make.
 */
@NullMarked
package dev.hypercache.transport.auth;

import org.jspecify.annotations.NullMarked;
