package dev.hypercache.core.form;

import java.util.List;

/** Runs seeds from the command line until one fails: {@code first base count}. */
final class FormMain {

    private FormMain() {}

    public static void main(String[] args) {
        long base = Long.parseLong(args[1]);
        int count = Integer.parseInt(args[2]);
        for (int i = 0; i < count; i++) {
            List<String> violations = violations(base + i);
            if (!violations.isEmpty()) {
                System.out.println("caught by seed " + (base + i) + ", number " + (i + 1) + ": " + violations.get(0));
                return;
            }
        }
        System.out.println("survived " + count + " seeds");
    }

    private static List<String> violations(long seed) {
        try {
            return new FormRun(seed).run().violations();
        } catch (RuntimeException e) {
            return List.of(e.toString());
        }
    }
}
