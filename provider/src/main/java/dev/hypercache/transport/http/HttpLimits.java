package dev.hypercache.transport.http;

/**
 * What the gate lets through.
 *
 * @param headerBytesMax bytes of a request's first line and headers, 1,024 or more
 * @param headersMax headers of a request, 8 or more
 * @param parametersMax parameters of a query, 1 or more
 * @param requestMillis how long a request's headers may take, and how long a connection may be without a request
 * @param bodies how long bodies may take
 * @param connections how many connections there may be
 */
public record HttpLimits(
        int headerBytesMax,
        int headersMax,
        int parametersMax,
        int requestMillis,
        BodyTime bodies,
        Connections connections) {

    /** Those of SECURITY §3.3. */
    public static final HttpLimits DEFAULTS =
            new HttpLimits(16 * 1024, 50, 16, 3_000, new BodyTime(5_000, 1_000), new Connections(4_096, 512));

    /** Checks the ranges. */
    public HttpLimits {
        require("headerBytesMax", headerBytesMax, 1_024);
        require("headersMax", headersMax, 8);
        require("parametersMax", parametersMax, 1);
        require("requestMillis", requestMillis, 1);
    }

    /**
     * How long a body may take.
     *
     * @param millisBase at least, 1 or more
     * @param millisPerMib so much longer for each MiB that it declares, 0 or more
     */
    public record BodyTime(int millisBase, int millisPerMib) {

        /** Checks the ranges. */
        public BodyTime {
            require("millisBase", millisBase, 1);
            require("millisPerMib", millisPerMib, 0);
        }

        /**
         * How long one body may take.
         *
         * @param declaredBytes its length as declared
         * @return milliseconds, 1 or more
         */
        public long millisFor(long declaredBytes) {
            return millisBase + millisPerMib * ((declaredBytes + (1 << 20) - 1) >> 20);
        }
    }

    /**
     * How many connections may be open at once.
     *
     * @param max in all, 1 or more
     * @param perAddressMax from one address, 1 or more
     */
    public record Connections(int max, int perAddressMax) {

        /** Checks the ranges. */
        public Connections {
            require("max", max, 1);
            require("perAddressMax", perAddressMax, 1);
        }
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it is " + least + " or more.");
        }
    }
}
