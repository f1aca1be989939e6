/**
 * Signs requests and verifies them: HTTP Message Signatures (RFC 9421) over a digest of the body (RFC 9530), in one strict
 * profile ({@code docs/SIGNING.md}, SECURITY §3.1).
 *
 * <p>Knows neither an HTTP server or client nor a key: requests come as their parts, keys stay behind {@link
 * dev.hypercache.spi.security.MessageAuthenticator}. Called by whatever sends or serves requests on a node's port.
 */
@NullMarked
package dev.hypercache.transport.auth;

import org.jspecify.annotations.NullMarked;
