/**
 * Who calls: how callers prove who they are, which of them are let in, and what is written down of it (SECURITY §2, §3). A
 * proof is a certificate, a bearer token, or a signature: HTTP Message Signatures (RFC 9421) over a digest of the body (RFC
 * 9530), in one strict profile ({@code docs/SIGNING.md}).
 *
 * <p>Knows neither an HTTP server or client nor the ring: requests come as their parts, keys stay behind {@link
 * dev.hypercache.spi.security.MessageAuthenticator}. The transport and its gate ask here, and the node puts in what its settings
 * and the security module make.
 */
@NullMarked
package dev.hypercache.transport.auth;

import org.jspecify.annotations.NullMarked;
