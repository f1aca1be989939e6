package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.TestRings;
import dev.hypercache.telemetry.NodeLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A ring that stays one of two is warned of, once, and one that grows is not. */
final class PairNoticeTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(PairNotice.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final PairNotice notice = new PairNotice(NodeLog.of(PairNotice.class, "n1"));
    private final ControlState pair = TestRings.founded(4, 3, "n1", "n2");

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void hush() {
        logger.detachAppender(lines);
    }

    @Test
    void ringThatStaysAPairIsWarnedOfOnce() {
        for (long now = 0; now <= 60_000; now += 1_000) {
            notice.look(pair, now);
        }
        assertThat(lines.list).singleElement().asString().contains("two nodes");
    }

    @Test
    void ringThatFormsIsNot() {
        notice.look(pair, 0);
        notice.look(pair, 9_000);
        notice.look(TestRings.founded(4, 3, "n1", "n2", "n3"), 9_500);
        notice.look(pair, 11_000);
        notice.look(TestRings.founded(4, 1, "n1", "n2"), 60_000);
        assertThat(lines.list).isEmpty();
    }
}
