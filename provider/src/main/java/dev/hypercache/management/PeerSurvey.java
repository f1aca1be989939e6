package dev.hypercache.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks all other members the same, {@value #THREADS} at once, and lists what they say. A member that does not answer within {@value
 * #ANSWER_MILLIS} ms is listed as such.
 */
final class PeerSurvey implements AutoCloseable {

    static final int THREADS = 16;
    static final long ANSWER_MILLIS = 2_000;

    private static final long IDLE_SECONDS = 30;

    private final PeerCalls calls;
    private final ThreadPoolExecutor threads;

    PeerSurvey(String node, PeerCalls calls) {
        AtomicInteger count = new AtomicInteger();
        this.calls = calls;
        // The queue is bounded by the members of the ring times the requests that are served at once.
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "hypercache-survey-" + node + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Asks, and waits for the answers or the end of their time. */
    ArrayNode ask(String path, String query) {
        List<String> addresses = calls.addresses();
        List<Callable<JsonNode>> questions = new ArrayList<>();
        for (String address : addresses) {
            questions.add(() -> JsonAnswer.JSON.readTree(calls.get(address, path, query)));
        }
        long rounds = (addresses.size() + THREADS - 1) / THREADS;
        ArrayNode rows = JsonAnswer.JSON.createArrayNode();
        try {
            List<Future<JsonNode>> answers =
                    threads.invokeAll(questions, rounds * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                rows.add(row(addresses.get(i), answers.get(i)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return rows;
    }

    private static ObjectNode row(String address, Future<JsonNode> answer) throws InterruptedException {
        ObjectNode row = JsonAnswer.object().put("address", address);
        try {
            if (answer.get() instanceof ObjectNode said) {
                return row.setAll(said);
            }
            return row.put("problem", "the answer is no object of JSON");
        } catch (CancellationException late) {
            return row.put("problem", "no answer within " + ANSWER_MILLIS + " ms");
        } catch (ExecutionException e) {
            String told = e.getCause() instanceof IOException known ? known.getMessage() : null;
            return row.put("problem", told == null ? "the question failed" : told);
        }
    }

    /** Ends its threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
