package dev.hypercache.core.control;

import java.io.Serial;

/**
 * The bytes are of a format that came after this version of the code. A member that meets such a change in its log cannot
 * go on: the others know what it does, and passing over it would part its state from theirs.
 */
public final class NewerFormatException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    NewerFormatException(String message) {
        super(message);
    }

    static void check(String what, int version, int known) {
        if (version == 0) {
            throw new IllegalArgumentException(what + ": format 0 does not exist.");
        }
        if (version > known) {
            throw new NewerFormatException(what + " is of format " + version + ", but this version knows formats up to "
                    + known + ". Update this member.");
        }
    }
}
