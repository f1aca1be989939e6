package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Spread;
import java.util.List;
import java.util.Locale;

/** A bar of the median time for each row and column, on a logarithmic scale, with a line from the least to the greatest. */
final class RingPlot {

    private static final int LEFT = 300;
    private static final int WIDTH = 620;
    private static final int LINE = 14;
    private static final int TOP = 30;
    private static final double DECADES = 7;

    private static final List<String> COLOURS = List.of(
            "#1b6ca8", "#12466d", "#0b7a75", "#5aa9d6", "#d1495b", "#7a9e3a", "#b8cf7f", "#777777", "#aaaaaa",
            "#cccccc", "#2e8bc0", "#9bb7d4", "#e08a95");

    private final StringBuilder text = new StringBuilder();
    private int y = TOP;

    private RingPlot() {}

    static String render(Samples samples) {
        RingPlot plot = new RingPlot();
        for (Row row : samples.rows()) {
            for (Column column : samples.columns()) {
                List<Figures> figures = samples.of(row, column);
                if (!figures.isEmpty()) {
                    plot.bar(row + " " + column.label(), column, Samples.spread(figures, Figures::p50));
                }
            }
            plot.y += LINE / 2;
        }
        return plot.whole();
    }

    /** From 0.1 microseconds to a second. */
    private static double x(double micros) {
        double decade = Math.log10(Math.max(micros, 0.1)) + 1;
        return LEFT + WIDTH * Math.min(decade, DECADES) / DECADES;
    }

    private void bar(String label, Column column, Spread micros) {
        add("<text x='4' y='%d'>%s</text>", y + LINE - 4, label);
        add(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
                LEFT, y + 1, x(micros.median()) - LEFT, LINE - 3, COLOURS.get(column.ordinal()));
        int middle = y + LINE / 2;
        add(
                "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='black'/>",
                x(micros.min()), middle, x(micros.max()), middle);
        add("<text x='%.1f' y='%d'>%.1f</text>", x(micros.max()) + 4, y + LINE - 4, micros.median());
        y += LINE;
    }

    private void add(String form, Object... values) {
        text.append(String.format(Locale.ROOT, form + "%n", values));
    }

    private String whole() {
        StringBuilder scale = new StringBuilder();
        for (double micros = 0.1; micros < 2e6; micros *= 10) {
            scale.append(String.format(
                    Locale.ROOT,
                    "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#dddddd'/><text x='%.1f' y='%d'>%s us</text>%n",
                    x(micros),
                    TOP,
                    x(micros),
                    y,
                    x(micros),
                    TOP - 6,
                    micros < 1 ? "0.1" : Long.toString(Math.round(micros))));
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='monospace'"
                                + " font-size='10' xml:space='preserve'>%n"
                                + "<title>Median time of an operation, in microseconds</title>%n"
                                + "<rect width='100%%' height='100%%' fill='white'/>%n",
                        LEFT + WIDTH + 80,
                        y + LINE)
                + scale + text + "</svg>\n";
    }
}
