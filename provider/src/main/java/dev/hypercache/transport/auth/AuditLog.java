package dev.hypercache.transport.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was let in, turned away or changed something: one line of JSON for each, in a log of its own named {@value #LOGGER}
 * (SECURITY R12).
 *
 * <p>Lines about callers who were turned away are limited to {@value #REJECTIONS_PER_SECOND} in each second, since any stranger
 * can cause them; the next line says how many were left out. Texts of strangers are cut to {@value #TEXT_LENGTH_MAX} characters
 * and escaped by the JSON writer, so no line can be forged.
 */
public final class AuditLog {

    /** The name of the log. */
    public static final String LOGGER = "dev.hypercache.audit";

    /** The most lines about rejections in one second. */
    public static final int REJECTIONS_PER_SECOND = 10;

    private static final int TEXT_LENGTH_MAX = 300;
    private static final long SECOND_MILLIS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String node;
    private final LongSupplier clockMillis;
    private long second;
    private int linesOfSecond;
    private long omitted;

    /**
     * Opens the log of a node.
     *
     * @param node the node's name, in each line
     * @param clockMillis the present, in milliseconds since 1970-01-01T00:00Z
     */
    public AuditLog(String node, LongSupplier clockMillis) {
        this.node = node;
        this.clockMillis = clockMillis;
    }

    private static Logger logger() {
        return LoggerFactory.getLogger(LOGGER);
    }

    /**
     * Writes a line about something that was done.
     *
     * @param event what happened, such as {@code TLS_RELOADED}
     * @param fields names and values in turn; no secrets
     */
    public void record(String event, String... fields) {
        logger().info(line(event, 0, fields));
    }

    /**
     * Writes a line about a caller that was turned away, unless there were too many in this second.
     *
     * @param why the reason
     * @param fields names and values in turn; no secrets
     */
    public void rejected(Rejection why, String... fields) {
        long left;
        synchronized (this) {
            long now = clockMillis.getAsLong() / SECOND_MILLIS;
            if (now != second) {
                second = now;
                linesOfSecond = 0;
            }
            if (linesOfSecond >= REJECTIONS_PER_SECOND) {
                omitted++;
                return;
            }
            linesOfSecond++;
            left = omitted;
            omitted = 0;
        }
        String[] all = new String[fields.length + 2];
        all[0] = "reason";
        all[1] = why.name();
        System.arraycopy(fields, 0, all, 2, fields.length);
        logger().warn(line(why == Rejection.ROLE ? "ROLE_DENIED" : "CALLER_REJECTED", left, all));
    }

    private String line(String event, long leftOut, String... fields) {
        ObjectNode json = JSON.createObjectNode();
        json.put("time", Instant.ofEpochMilli(clockMillis.getAsLong()).toString());
        json.put("node", node);
        json.put("event", event);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String text = fields[i + 1];
            json.put(fields[i], text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text);
        }
        if (leftOut > 0) {
            json.put("omitted", leftOut);
        }
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
