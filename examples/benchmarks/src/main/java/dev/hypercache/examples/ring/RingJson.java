package dev.hypercache.examples.ring;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** An array of one object for each row and column, with the figures of all rounds. */
final class RingJson {

    private RingJson() {}

    static String render(Samples samples) {
        StringJoiner objects = new StringJoiner(",\n", "[\n", "\n]\n");
        for (Row row : samples.rows()) {
            for (Column column : samples.columns()) {
                if (!samples.of(row, column).isEmpty()) {
                    objects.add(object(row, column, samples.of(row, column)));
                }
            }
        }
        return objects.toString();
    }

    private static String object(Row row, Column column, List<Figures> figures) {
        return String.format(
                Locale.ROOT,
                "  {\"operation\":\"%s\",\"place\":\"%s\",\"threads\":%d,\"column\":\"%s\",\"rounds\":[%s]}",
                row.operation(),
                row.place(),
                row.threads(),
                column,
                figures.stream().map(RingJson::round).collect(Collectors.joining(",")));
    }

    private static String round(Figures figures) {
        return String.format(
                Locale.ROOT,
                "{\"perSecond\":%.1f,\"p50us\":%.2f,\"p95us\":%.2f,\"p99us\":%.2f,\"cpuUs\":%.2f,\"wrong\":%d,"
                        + "\"redirects\":%d,\"registerReads\":%d,\"notLinearizable\":%d}",
                figures.perSecond(),
                figures.p50(),
                figures.p95(),
                figures.p99(),
                figures.cpu(),
                figures.wrong(),
                figures.redirects(),
                figures.registers().reads(),
                figures.registers().wrong());
    }
}
