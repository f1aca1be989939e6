package dev.hypercache.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/**
 * An application in a process of its own, whose node is a member of the ring that its system properties ask for. It does what the
 * lines of its standard input say, one after the other, and answers each by a line; threads that it was told to start report
 * in lines of their own.
 */
final class NodeDriver {

    /** What its answers begin with; other lines are log. */
    static final String ANSWER = "=> ";

    /** What the reports of its threads begin with. */
    static final String EVENT = "+> ";

    /** The first answer: the node takes part. */
    static final String READY = "ready";

    private NodeDriver() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (Rehearsal.hold()) {
            out.println(ANSWER + Rehearsal.OVER);
            if (!Rehearsal.JOIN.equals(lines.readLine())) {
                return;
            }
        }
        CachingProvider provider = Caching.getCachingProvider();
        NodeCalls calls = new NodeCalls(provider.getCacheManager(), event -> out.println(EVENT + event));
        out.println(ANSWER + READY);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.println(ANSWER + calls.answer(line.split(" ")));
        }
        calls.close();
        provider.close();
    }
}
