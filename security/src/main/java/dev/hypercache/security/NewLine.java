package dev.hypercache.security;

import dev.hypercache.spi.security.Role;
import java.io.PrintStream;
import java.util.Objects;
import java.util.function.BiFunction;

/** What the programs that make a token or a key have in common: two arguments in, lines of a file out. */
final class NewLine {

    static final int EXIT_DONE = 0;
    static final int EXIT_USAGE = 2;

    private NewLine() {}

    /**
     * Writes a line.
     *
     * @param id the id
     * @param role the role
     * @param secret the third word
     * @return the line
     * @throws IllegalArgumentException if the id has another form
     */
    static String of(String id, Role role, String secret) {
        if (!Entitlement.isId(Objects.requireNonNull(id, "id"))) {
            throw new IllegalArgumentException("Id \"" + id.replaceAll("\\p{Cntrl}", "?")
                    + "\": an id has 1 to 64 characters of A-Z a-z 0-9 . - _. Choose another id.");
        }
        return id + " " + role.label() + " " + secret;
    }

    /**
     * Runs a program.
     *
     * @param args the id and the role
     * @param out where what is made goes
     * @param err where errors go
     * @param make makes it of id and role
     * @return the status to exit with
     */
    static int run(String[] args, PrintStream out, PrintStream err, BiFunction<String, Role, String> make) {
        if (args.length != 2) {
            err.println("Give two arguments, <id> <role>; the role is member, client, admin or metrics.");
            return EXIT_USAGE;
        }
        try {
            out.println(make.apply(args[0], Role.ofLabel(args[1])));
            return EXIT_DONE;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return EXIT_USAGE;
        }
    }
}
