package dev.hypercache.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a type: as JSON writes it, and as the cache has it. */
record Sample(String type, Object wire, Object held) {

    /** At least one of each type. */
    static List<Sample> all() {
        List<@Nullable Object> list = new ArrayList<>(Arrays.asList(1L, "zwei", 3.5, null, true));
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("title", "Faust");
        map.put("parts", list);
        byte[] bytes = {0, 1, -1, 127};
        return List.of(
                new Sample("string", "Häuser \uD83C\uDFE0", "Häuser \uD83C\uDFE0"),
                new Sample("int", -7, -7),
                new Sample("long", Long.MAX_VALUE, Long.MAX_VALUE),
                new Sample("double", 0.1, 0.1),
                new Sample("double", -Double.MIN_NORMAL, -Double.MIN_NORMAL),
                new Sample("boolean", true, true),
                new Sample("bytes", Base64.getEncoder().encodeToString(bytes), bytes),
                new Sample("json", map, map),
                new Sample("json", list, list));
    }
}
