package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;

/** Where requests go that were parked until the slot was ready for them. */
record ParkedExit(OperationPath operations, ClearPath clears, PagePath pages) implements Parking.Exit {

    @Override
    public void execute(int caller, Execute request) {
        operations.execute(caller, request);
    }

    @Override
    public void clear(int caller, ExecuteClear request) {
        clears.execute(caller, request);
    }

    @Override
    public void page(int caller, AskPage request) {
        pages.tell(caller, request);
    }
}
