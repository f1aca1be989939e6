/**
 * The gate in front of everything that a node serves over HTTP (SECURITY §3.3): which requests reach a handler at all.
 *
 * <p>Knows Undertow, but neither what its routes do nor anything else of the product. Called by the transport, which owns the
 * port; handlers of other packages come in through the {@link dev.hypercache.transport.http.RouteTable}.
 */
@NullMarked
package dev.hypercache.transport.http;

import org.jspecify.annotations.NullMarked;
