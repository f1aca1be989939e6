package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A map of few entries is a map in the order of insertion, however many there are. */
final class FewEntriesTest {

    private final FewEntries<String, Integer> few = new FewEntries<>();
    private final Map<String, Integer> expected = new LinkedHashMap<>();

    private void check() {
        assertThat(few.size()).isEqualTo(expected.size());
        assertThat(few.isEmpty()).isEqualTo(expected.isEmpty());
        for (int key = 0; key < 4; key++) {
            assertThat(few.get("k" + key)).isEqualTo(expected.get("k" + key));
            assertThat(few.containsKey("k" + key)).isEqualTo(expected.containsKey("k" + key));
        }
    }

    @Test
    void comesToTheSameAsLinkedMap() {
        Random random = new Random(5);
        for (int step = 0; step < 5_000; step++) {
            String key = "k" + random.nextInt(4);
            int what = random.nextInt(20);
            if (what < 8) {
                few.put(key, step);
                expected.put(key, step);
            } else if (what < 18) {
                few.remove(key);
                expected.remove(key);
            } else if (what == 18) {
                assertThat(order(few.asMap())).isEqualTo(order(expected));
            } else {
                few.asMap().keySet().removeIf(one -> one.equals(key));
                expected.remove(key);
            }
            check();
        }
        few.clear();
        expected.clear();
        check();
    }

    private static List<Map.Entry<String, Integer>> order(Map<String, Integer> map) {
        return new ArrayList<>(map.entrySet());
    }
}
