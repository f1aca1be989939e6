package dev.hypercache.examples.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A process that keeps its share of the entries. Arguments: grid, seat. Ends with its standard input. */
final class Member {

    private Member() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Grid grid = GridKind.valueOf(arguments[0]).start(Seat.parse(arguments[1]));
        grid.awaitMembers();
        System.out.println(Pipe.ANSWER + "ready");
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            grid.cache(View.PRIMARY);
            System.out.println(Pipe.ANSWER + "open");
        }
        System.exit(0);
    }
}
