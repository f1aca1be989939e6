package dev.hypercache.examples.ring;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Returns the length of the value and sets its argument. Serializable, since some grids send it to another process. */
final class ReadAndWrite implements EntryProcessor<String, byte[], Integer>, Serializable {

    static final ReadAndWrite PROCESSOR = new ReadAndWrite();

    private static final long serialVersionUID = 1;

    @Override
    public Integer process(MutableEntry<String, byte[]> entry, Object... arguments) {
        int length = entry.getValue().length;
        entry.setValue((byte[]) arguments[0]);
        return length;
    }
}
