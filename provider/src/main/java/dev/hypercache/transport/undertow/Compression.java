package dev.hypercache.transport.undertow;

import dev.hypercache.transport.undertow.wire.LzBlock;
import org.jspecify.annotations.Nullable;

/** Finds out whether messages can be compressed: the library is optional. */
final class Compression {

    private Compression() {}

    /** Null if {@code at.yawk.lz4:lz4-java} is not on the class path. */
    static @Nullable LzBlock find() {
        try {
            return new LzBlock();
        } catch (NoClassDefFoundError absent) {
            return null;
        }
    }
}
