package dev.hypercache.examples.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that keeps its share of the entries. Arguments: grid, seat. On a line with a view it begins to read the registers,
 * on an empty line it ends that and answers with what it saw. Ends with its standard input.
 */
final class Member {

    private Member() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Grid grid = Contender.valueOf(arguments[0]).start(Seat.parse(arguments[1]));
        grid.awaitMembers();
        System.out.println(Pipe.ANSWER + "ready");
        RegisterThread reader = null;
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            if (!line.isEmpty()) {
                reader = RegisterThread.reader(grid, View.valueOf(line));
                reader.start();
            } else {
                List<RegisterOperation> seen = reader == null ? List.of() : reader.end();
                System.out.println(Pipe.ANSWER + RegisterOperation.text(seen));
            }
        }
        System.exit(0);
    }
}
