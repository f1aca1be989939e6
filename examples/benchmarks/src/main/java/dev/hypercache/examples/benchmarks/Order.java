package dev.hypercache.examples.benchmarks;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A value as applications cache them: a record of built-in types with a list and a map inside.
 *
 * @param id the order's id
 * @param customer who ordered
 * @param cents the price
 * @param placedAt when it was ordered
 * @param articles what was ordered
 * @param quantitiesByWarehouse for each warehouse, how many of each article it sends
 */
record Order(
        UUID id,
        String customer,
        long cents,
        Instant placedAt,
        List<String> articles,
        Map<String, List<Integer>> quantitiesByWarehouse)
        implements Serializable {

    static Order example() {
        List<String> articles = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            articles.add("article number " + i);
        }
        Map<String, List<Integer>> quantities = new LinkedHashMap<>();
        for (String warehouse : List.of("north", "east", "south", "west")) {
            quantities.put(warehouse, new ArrayList<>(List.of(1, 20, 300, 4000)));
        }
        return new Order(
                new UUID(0x1234L, 0x5678L),
                "Ada Lovelace",
                129_900L,
                Instant.ofEpochSecond(1_735_689_600L),
                articles,
                quantities);
    }
}
