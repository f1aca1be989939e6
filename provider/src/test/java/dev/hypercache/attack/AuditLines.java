package dev.hypercache.attack;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypercache.transport.auth.AuditLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The lines that one node writes to the audit log while this is open. */
public final class AuditLines implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
    private final Appender appender;
    private final boolean wasAdditive = logger.isAdditive();

    /** Keeps what a node says. */
    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private final List<JsonNode> lines = new CopyOnWriteArrayList<>();
        private final String node;

        Appender(String node) {
            this.node = node;
        }

        @Override
        protected void append(ILoggingEvent event) {
            JsonNode line = parse(event.getFormattedMessage());
            if (line.path("node").asText().equals(node)) {
                lines.add(line);
            }
        }
    }

    private AuditLines(String node) {
        this.appender = new Appender(node);
    }

    /** Begins to listen to the node of that name. */
    public static AuditLines of(String node) {
        AuditLines lines = new AuditLines(node);
        lines.appender.start();
        lines.logger.setAdditive(false);
        lines.logger.addAppender(lines.appender);
        return lines;
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of the audit log is no JSON: " + line, e);
        }
    }

    /** What it wrote, as it was written. */
    public List<JsonNode> all() {
        return List.copyOf(appender.lines);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(wasAdditive);
    }
}
