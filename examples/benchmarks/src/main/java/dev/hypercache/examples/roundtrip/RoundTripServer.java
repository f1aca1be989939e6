package dev.hypercache.examples.roundtrip;

import java.io.IOException;

/** The answering end: prints its port and ends with its standard input. Argument: the wire. */
final class RoundTripServer {

    private RoundTripServer() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(Wire.of(arguments[0]).serve());
        while (System.in.read() >= 0) {
            // Until whoever started this ends.
        }
        System.exit(0);
    }
}
