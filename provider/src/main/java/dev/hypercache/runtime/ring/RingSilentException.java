package dev.hypercache.runtime.ring;

import javax.cache.CacheException;

/** The ring cannot agree now: its topology log has no leader, changes its voters, or has lost its majority. It may soon. */
final class RingSilentException extends CacheException {

    private static final long serialVersionUID = 1L;

    RingSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}
