package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.TransportListener;
import java.nio.ByteBuffer;

/**
 * The way to the node's listener, until the transport ends. A listener that throws, which it must not, is reported and
 * takes nothing with it.
 */
final class Listening {

    private final TransportListener listener;
    private volatile boolean ended;

    Listening(TransportListener listener) {
        this.listener = listener;
    }

    /** Nobody is called from now on; calls under way go on. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    void call(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        if (!ended) {
            try {
                listener.onCall(from, request, timeoutNanos, responder);
            } catch (RuntimeException | Error e) {
                report(e);
            }
        }
    }

    void post(RemotePeer from, ByteBuffer message) {
        if (!ended) {
            try {
                listener.onPost(from, message);
            } catch (RuntimeException | Error e) {
                report(e);
            }
        }
    }

    /** Whether a peer that is no member may send this; not if nobody can say. */
    boolean allows(RemotePeer from, ByteBuffer message) {
        try {
            return !ended && listener.allows(from, message);
        } catch (RuntimeException | Error e) {
            report(e);
            return false;
        }
    }

    void connected(RemotePeer peer) {
        if (!ended) {
            try {
                listener.onConnected(peer);
            } catch (RuntimeException | Error e) {
                report(e);
            }
        }
    }

    void disconnected(RemotePeer peer, boolean reset) {
        if (!ended) {
            try {
                listener.onDisconnected(peer, reset);
            } catch (RuntimeException | Error e) {
                report(e);
            }
        }
    }

    static void report(Throwable failure) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, failure);
    }
}
