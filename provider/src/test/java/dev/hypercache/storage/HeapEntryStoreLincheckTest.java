package dev.hypercache.storage;

import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any number of readers beside one writer at a time see the store as if all came one after the other. */
@Tag("lincheck")
@Param(name = "key", gen = IntGen.class, conf = "1:3")
public final class HeapEntryStoreLincheckTest {

    private final HeapEntryStore<Object> store = new HeapEntryStore<>();

    @Test
    void storeIsLinearizable() {
        new StressOptions()
                .iterations(Integer.getInteger("hypercache.lincheck.iterations", 6))
                .invocationsPerIteration(150)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(2)
                .actorsAfter(2)
                .sequentialSpecification(PlainMap.class)
                .check(HeapEntryStoreLincheckTest.class);
    }

    @Operation
    public @Nullable Object get(@Param(name = "key") int key) {
        return store.get(key);
    }

    @Operation(nonParallelGroup = "writer")
    public void put(@Param(name = "key") int key, @Param(name = "key") int record) {
        store.put(key, record);
    }

    @Operation(nonParallelGroup = "writer")
    public void remove(@Param(name = "key") int key) {
        store.remove(key);
    }

    /** What the operations mean, one after the other. */
    public static final class PlainMap {

        private final Map<Integer, Object> map = new HashMap<>();

        public @Nullable Object get(int key) {
            return map.get(key);
        }

        public void put(int key, int record) {
            map.put(key, record);
        }

        public void remove(int key) {
            map.remove(key);
        }
    }
}
