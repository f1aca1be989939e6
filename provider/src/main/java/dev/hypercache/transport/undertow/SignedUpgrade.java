package dev.hypercache.transport.undertow;

import java.util.Map;

/**
 * A request for a connection made ready to be sent.
 *
 * @param proof what it says
 * @param headers what carries that
 */
record SignedUpgrade(UpgradeProof proof, Map<String, String> headers) {

    SignedUpgrade {
        headers = Map.copyOf(headers);
    }
}
