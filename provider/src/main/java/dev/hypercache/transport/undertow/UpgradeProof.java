package dev.hypercache.transport.undertow;

/**
 * What a request for a connection says of who asks; both ends derive the connection's keys from it.
 *
 * @param keyId the installed key that the dialler signs with
 * @param nonce of the request, never used before
 * @param to whom the dialler means, in the words of the request
 */
record UpgradeProof(String keyId, String nonce, String to) {}
