package dev.hypercache.runtime.ring;

import dev.hypercache.core.feed.Ear;
import dev.hypercache.core.message.ListenersTold;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.ToldChange;

/** Passes on what is heard of a slot, and tells its leader when the synchronous listeners have seen it. */
record CellEar(SlotHost host, SlotCell cell) implements Ear {

    private static final Runnable NOBODY_WAITS = () -> {};

    @Override
    public boolean listensTo(int cache) {
        return host.news().interests().listensTo(cache);
    }

    @Override
    public boolean hasRoom(int cache) {
        return host.news().hasRoom(cache);
    }

    @Override
    public void changed(RecordKey name, ToldChange told, int leader, ListenersTold answer) {
        host.news().told(name, told, told.awaited() ? () -> answer(leader, answer) : NOBODY_WAITS);
    }

    private void answer(int leader, ListenersTold answer) {
        if (leader == host.self()) {
            cell.receive(leader, answer);
        } else {
            host.links().post(leader, answer);
        }
    }

    @Override
    public void repeated() {
        host.news().repeated();
    }
}
