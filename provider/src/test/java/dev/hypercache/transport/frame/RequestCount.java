package dev.hypercache.transport.frame;

import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.spi.transport.Frame;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Counts what a frame asks of leaders: the operations of callers among its messages. Nothing but verbs is read. */
public final class RequestCount {

    private static final int VERB_AT = 1;

    private static final Set<Integer> CODES = FrameSchema.verbs().stream()
            .filter(verb -> verb.type() == Execute.class || verb.type() == ExecuteClear.class)
            .map(Verb::code)
            .collect(Collectors.toUnmodifiableSet());

    private RequestCount() {}

    /** How many of its messages are such requests; a message alone has its verb in the head, a bundle is all head. */
    public static int of(Frame frame) {
        ByteBuffer head = frame.head().buffer();
        if (!head.hasRemaining()) {
            return 0;
        }
        AtomicInteger requests = new AtomicInteger();
        new BundleSource(head).hasOnly((bytes, from, length) -> {
            if (length > VERB_AT && CODES.contains((int) bytes.get(from + VERB_AT))) {
                requests.incrementAndGet();
            }
            return true;
        });
        return requests.get();
    }
}
