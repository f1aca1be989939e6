package dev.hypercache.house;

/**
 * A place where a rule is broken.
 *
 * @param rule the rule's short name, as the allow-list writes it
 * @param place the file relative to the repository's root, {@code #method} behind it where a method is meant
 * @param line first line concerned, from 1
 * @param what the broken limit or pattern and the way out
 */
record Breach(String rule, String place, long line, String what) {

    @Override
    public String toString() {
        return place + ":" + line + " [" + rule + "] " + what;
    }
}
