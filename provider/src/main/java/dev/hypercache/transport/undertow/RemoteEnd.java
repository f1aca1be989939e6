package dev.hypercache.transport.undertow;

import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.transport.auth.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as was proved before the first frame.
 *
 * @param caller who it is
 * @param material what the connection was secured with; null for plain TCP
 */
record RemoteEnd(Caller caller, @Nullable TlsMaterial material) {}
