package dev.hypercache.transport.frame;

import java.io.Serial;

/**
 * A frame cannot be read: another layout, cut short, or made by somebody who means ill.
 *
 * <p>The frame's message was not, and will not be, acted upon. The message says which field at which byte is wrong, and
 * never repeats bytes of the frame.
 */
public final class FrameException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    FrameException(String wrong) {
        super("frame refused: " + wrong);
    }
}
