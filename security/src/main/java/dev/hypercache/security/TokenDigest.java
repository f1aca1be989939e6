package dev.hypercache.security;

/**
 * A token that is known by its digest.
 *
 * @param entitlement what it grants, and when
 * @param digest its SHA-256, 32 bytes; never changed
 */
record TokenDigest(Entitlement entitlement, byte[] digest) {

    /** Leaves the digest out: it belongs into no log. */
    @Override
    public String toString() {
        return "TokenDigest[" + entitlement.id() + "]";
    }
}
