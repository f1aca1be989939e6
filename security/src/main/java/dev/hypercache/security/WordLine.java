package dev.hypercache.security;

import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One line of a file of secrets, cut into words at blanks. Words stay bytes until they are known to hold no secret, since a
 * string cannot be zeroed. Messages name file and line and never show a word.
 */
final class WordLine {

    private final Path file;
    private final int number;
    private final List<byte[]> words;

    private WordLine(Path file, int number, List<byte[]> words) {
        this.file = file;
        this.number = number;
        this.words = words;
    }

    /**
     * Cuts a line.
     *
     * @param file where it stands
     * @param number the line's number, from 1
     * @param line its bytes without the line break; stays the caller's
     * @return the line; it has no words if it is blank
     */
    static WordLine cut(Path file, int number, byte[] line) {
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length; i++) {
            if (i < line.length && !isBlank(line[i])) {
                continue;
            }
            if (i > start) {
                words.add(Arrays.copyOfRange(line, start, i));
            }
            start = i + 1;
        }
        return new WordLine(file, number, words);
    }

    int number() {
        return number;
    }

    int size() {
        return words.size();
    }

    /** Whether it says nothing: blank, or a comment. */
    boolean saysNothing() {
        return words.isEmpty() || words.get(0)[0] == '#';
    }

    /** Returns a word that is no secret. */
    String text(int index) {
        return new String(words.get(index), StandardCharsets.UTF_8);
    }

    /** Returns a word that may be a secret; it belongs to this line, which zeroes it. */
    byte[] bytes(int index) {
        return words.get(index);
    }

    /** Says where the line stands, for the middle of a sentence. */
    String place() {
        return "line " + number + " of file " + file;
    }

    /**
     * Makes a refusal of this line.
     *
     * @param reason what is wrong with the line, the rule and the remedy, without any of its words
     * @return the exception to throw
     */
    SecretUnavailableException refusal(String reason) {
        return new SecretUnavailableException("Line " + number + " of file " + file + " " + reason);
    }

    /** Zeroes all words. */
    void zero() {
        for (byte[] word : words) {
            Arrays.fill(word, (byte) 0);
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
