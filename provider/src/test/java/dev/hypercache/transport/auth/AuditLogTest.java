package dev.hypercache.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AuditLogTest {

    private final AtomicLong now = new AtomicLong(5_000);
    private final AuditLog log = new AuditLog("n1", now::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private JsonNode line(int index) throws Exception {
        return new ObjectMapper().readTree(lines.list.get(index).getFormattedMessage());
    }

    @Test
    void lineTellsTimeNodeEventAndFields() throws Exception {
        log.record("TLS_RELOADED", "cause", "files");

        assertThat(line(0).toString())
                .isEqualTo(
                        "{\"time\":\"1970-01-01T00:00:05Z\",\"node\":\"n1\",\"event\":\"TLS_RELOADED\",\"cause\":\"files\"}");
    }

    @Test
    void textsOfStrangersForgeNoLineAndAreCut() throws Exception {
        log.rejected(Rejection.NO_IDENTITY, "detail", "a\n{\"event\":\"JOINED\"}" + "x".repeat(1_000));

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getFormattedMessage()).doesNotContain("\n");
        assertThat(line(0).get("detail").asText()).hasSize(300);
        assertThat(line(0).get("event").asText()).isEqualTo("CALLER_REJECTED");
    }

    @Test
    void strangersWriteTenLinesASecondAndTheNextOneSaysHowManyWereLeftOut() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            log.rejected(Rejection.UNKNOWN_TOKEN);
        }
        assertThat(lines.list).hasSize(AuditLog.REJECTIONS_PER_SECOND);
        now.addAndGet(1_000);
        log.rejected(Rejection.ROLE);

        assertThat(line(AuditLog.REJECTIONS_PER_SECOND).get("omitted").asInt())
                .isEqualTo(1_000 - AuditLog.REJECTIONS_PER_SECOND);
        assertThat(line(AuditLog.REJECTIONS_PER_SECOND).get("event").asText()).isEqualTo("ROLE_DENIED");
    }

    @Test
    void whatWasDoneIsAlwaysWritten() {
        for (int i = 0; i < 100; i++) {
            log.record("LEFT");
        }
        assertThat(lines.list).hasSize(100);
    }
}
