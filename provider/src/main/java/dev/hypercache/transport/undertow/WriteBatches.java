package dev.hypercache.transport.undertow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** The {@link WriteBatch} of each thread that serves connections of one node. */
final class WriteBatches {

    private final XnioWorker worker;
    private final WriteBatch[] batches;

    WriteBatches(XnioWorker worker, int threads) {
        this.worker = worker;
        this.batches = new WriteBatch[threads];
        Arrays.setAll(batches, unused -> new WriteBatch());
    }

    /** That of a thread of the worker. */
    WriteBatch of(XnioIoThread thread) {
        return batches[thread.getNumber()];
    }

    /** That of the calling thread; null if it does not serve frames of this node right now. */
    @Nullable
    WriteBatch ofCaller() {
        XnioIoThread thread = XnioIoThread.currentThread();
        if (thread == null || thread.getWorker() != worker) {
            return null;
        }
        WriteBatch batch = of(thread);
        return batch.isOpen() ? batch : null;
    }
}
