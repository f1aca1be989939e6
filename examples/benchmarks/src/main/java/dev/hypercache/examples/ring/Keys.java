package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Keys, and for each a value of {@value #VALUE_BYTES} bytes; single ones and {@value #BULK} at a time. */
final class Keys {

    static final int VALUE_BYTES = 100;
    static final int BULK = 100;
    static final int FEWEST = 2 * BULK;

    private static final int BULKS = 256;
    private static final long SEED = 20_261_127L;

    private final List<String> keys;
    private final List<byte[]> values = new ArrayList<>();
    private final List<Map<String, byte[]>> bulks = new ArrayList<>();

    private Keys(List<String> keys) {
        this.keys = keys;
        SplittableRandom random = new SplittableRandom(SEED);
        for (String key : keys) {
            byte[] value = new byte[VALUE_BYTES];
            new SplittableRandom(key.hashCode()).nextBytes(value);
            values.add(value);
        }
        for (int i = 0; i < BULKS; i++) {
            bulks.add(drawBulk(random));
        }
    }

    private Map<String, byte[]> drawBulk(SplittableRandom random) {
        Map<String, byte[]> bulk = new LinkedHashMap<>();
        while (bulk.size() < BULK) {
            int drawn = random.nextInt(keys.size());
            bulk.put(keys.get(drawn), values.get(drawn));
        }
        return bulk;
    }

    static Keys of(List<String> keys) {
        if (keys.size() < FEWEST) {
            throw new IllegalArgumentException("Only " + keys.size() + " keys: too few to draw " + BULK + " of them.");
        }
        return new Keys(keys);
    }

    static Keys numbered(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add("customer:" + i);
        }
        return of(keys);
    }

    List<String> all() {
        return keys;
    }

    String key(int choice) {
        return keys.get(Integer.remainderUnsigned(choice, keys.size()));
    }

    byte[] value(int choice) {
        return values.get(Integer.remainderUnsigned(choice, keys.size()));
    }

    Map<String, byte[]> bulk(int choice) {
        return bulks.get(choice & (BULKS - 1));
    }

    Set<String> bulkKeys(int choice) {
        return bulk(choice).keySet();
    }
}
