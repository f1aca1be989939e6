package dev.hypercache.transport.http;

/**
 * What the gate lets through.
 *
 * @param headerBytesMax bytes of a request's first line and headers, 1,024 or more
 * @param headersMax headers of a request, 8 or more
 * @param parametersMax parameters of a query, 1 or more
 * @param requestMillis how long a request's headers may take, and how long a connection may be without a request
 * @param bodyMillisBase how long a body may take, at least
 * @param bodyMillisPerMib how much longer for each MiB that it declares
 * @param connectionsMax connections open at once
 * @param connectionsPerAddressMax connections open at once from one address
 */
public record HttpLimits(
        int headerBytesMax,
        int headersMax,
        int parametersMax,
        int requestMillis,
        int bodyMillisBase,
        int bodyMillisPerMib,
        int connectionsMax,
        int connectionsPerAddressMax) {

    /** Those of SECURITY §3.3. */
    public static final HttpLimits DEFAULTS = new HttpLimits(16 * 1024, 50, 16, 3_000, 5_000, 1_000, 4_096, 512);

    /** Checks the ranges. */
    public HttpLimits {
        require("headerBytesMax", headerBytesMax, 1_024);
        require("headersMax", headersMax, 8);
        require("parametersMax", parametersMax, 1);
        require("requestMillis", requestMillis, 1);
        require("bodyMillisBase", bodyMillisBase, 1);
        require("bodyMillisPerMib", bodyMillisPerMib, 0);
        require("connectionsMax", connectionsMax, 1);
        require("connectionsPerAddressMax", connectionsPerAddressMax, 1);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it is " + least + " or more.");
        }
    }

    /**
     * How long a body may take.
     *
     * @param declaredBytes its length as declared
     * @return milliseconds, 1 or more
     */
    public long bodyMillis(long declaredBytes) {
        return bodyMillisBase + bodyMillisPerMib * ((declaredBytes + (1 << 20) - 1) >> 20);
    }
}
