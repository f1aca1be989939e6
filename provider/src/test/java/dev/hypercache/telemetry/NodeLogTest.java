package dev.hypercache.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class NodeLogTest {
    private static final class Owner {}

    private final Logger logger = (Logger) LoggerFactory.getLogger(Owner.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void capture() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void release() {
        logger.detachAppender(appender);
    }

    @Test
    void lineCarriesNodeOperationAndCache() {
        IllegalStateException cause = new IllegalStateException("no disk");

        NodeLog.of(Owner.class, "n1")
                .forCache("books")
                .warn("write")
                .setCause(cause)
                .log("writer of {} failed", "books");

        ILoggingEvent event = appender.list.get(0);
        assertThat(event.getLevel()).isEqualTo(Level.WARN);
        assertThat(event.getLoggerName()).isEqualTo(Owner.class.getName());
        assertThat(event.getFormattedMessage()).isEqualTo("writer of books failed");
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("no disk");
        assertThat(pairs(event)).isEqualTo("node=n1 operation=write cache=books");
    }

    @Test
    void lineOfTheNodeHasNoCache() {
        NodeLog.of(Owner.class, "n1").info("start").log("node is ready");

        assertThat(pairs(appender.list.get(0))).isEqualTo("node=n1 operation=start");
    }

    @Test
    void levelsAreTheLoggers() {
        NodeLog log = NodeLog.of(Owner.class, "n1");

        log.debug("get").log("not wanted");
        log.error("get").log("wanted");

        assertThat(appender.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
    }

    private static String pairs(ILoggingEvent event) {
        return event.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + pair.value)
                .collect(Collectors.joining(" "));
    }
}
