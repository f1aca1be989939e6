package dev.hypercache.transport.undertow.wire;

import java.io.IOException;
import java.io.Serial;

/**
 * The peer breaks the protocol: the connection is of no use any more. The message names the rule and never repeats bytes of
 * the peer.
 */
public final class MuxException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Tells what the peer did.
     *
     * @param breach the rule that was broken, with numbers
     */
    public MuxException(String breach) {
        super(breach);
    }
}
