package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.op.OpToken;
import org.jspecify.annotations.Nullable;

/** A request on its way to whoever performs it. */
interface Request {

    /** Names the mutation; null for what changes nothing. */
    @Nullable
    OpToken token();

    boolean isEnded();

    /** Sends it, for the first time or again. */
    void attempt(long lowestUnanswered, long now);

    /** It was performed. */
    void on(int from, Executed executed);

    /** It asked for keys, and here are some. */
    void on(int from, EntryPage page);

    /** It was not performed by whoever got it. */
    void on(Rejected rejected, long now);

    /** Ends it if it is out of time; whether it is to be sent again. */
    boolean tick(long now);
}
