package dev.hypercache.management;

import dev.hypercache.transport.auth.KeyChanges;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading files anew.
 *
 * @param problem why they cannot be used: names a file and a rule, no content; null if they count now
 * @param certificates what became of the node's certificate; null without one, or with a problem
 * @param keys what became of the shared keys; null without any, or with a problem
 * @param hasTokens whether bearer tokens were read
 */
public record ReloadReport(
        @Nullable String problem,
        @Nullable Certificates certificates,
        @Nullable KeyChanges keys,
        boolean hasTokens) {

    /**
     * The serial numbers of the node's certificate, in hexadecimal digits.
     *
     * @param oldSerial before
     * @param newSerial from now on
     */
    public record Certificates(String oldSerial, String newSerial) {}

    /** Nothing changed, and why. */
    public static ReloadReport failed(String problem) {
        return new ReloadReport(problem, null, null, false);
    }
}
