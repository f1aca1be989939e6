package dev.hypercache.core.feed;

import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ToldChange;

/** Takes what is heard of a slot. Called in the guard of the slot; only takes note. */
public interface Ear {

    /** Whether anybody on this node listens to a cache. */
    boolean listensTo(int cache);

    /** Whether more can be taken in; if not, it is told again later. */
    boolean hasRoom(int cache);

    /**
     * An entry changed, and nobody here was told of that yet.
     *
     * @param told never {@link dev.hypercache.core.op.Change#NONE}
     * @param answer what is to be said to the leader once the synchronous listeners have seen it, if it is awaited
     */
    void changed(RecordKey name, ToldChange told, int leader, ListenersTold answer);

    /** Something was told that had been heard before. */
    default void repeated() {}
}
