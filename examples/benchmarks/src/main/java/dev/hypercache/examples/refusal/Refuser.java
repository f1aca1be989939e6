package dev.hypercache.examples.refusal;

import java.io.IOException;

/** What refuses the requests of strangers. */
interface Refuser {

    /** Has one request refused, and returns how long that took, in nanoseconds; fails if it is not refused. */
    long refuse(Stranger stranger) throws IOException;
}
