package dev.hypercache.security;

import dev.hypercache.spi.security.SecretUnavailableException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of secrets in UTF-8, one a line. Blank lines and those that begin with {@code #} say nothing. To be closed, which
 * zeroes what was read.
 */
final class WordFile implements AutoCloseable {

    private final List<WordLine> lines;

    private WordFile(List<WordLine> lines) {
        this.lines = lines;
    }

    /**
     * Reads a file that its owner alone may open.
     *
     * @param file the file
     * @param bytesMax the most bytes it may have
     * @param linesMax the most lines that say something
     * @return what it says; at least one line
     * @throws SecretUnavailableException if it is missing, open to others, too long, not UTF-8, or says nothing
     */
    static WordFile read(Path file, int bytesMax, int linesMax) {
        byte[] bytes = ProtectedFile.readSecret(file, bytesMax);
        WordFile read = new WordFile(new ArrayList<>());
        try {
            requireUtf8(bytes, file);
            read.cut(bytes, file, linesMax);
            if (read.lines.isEmpty()) {
                throw new SecretUnavailableException("File " + file
                        + " has no line but blanks and comments, so nobody could be let in. Write a line,"
                        + " or leave out the setting that names the file.");
            }
        } catch (SecretUnavailableException e) {
            read.close();
            throw e;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        return read;
    }

    List<WordLine> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        lines.forEach(WordLine::zero);
    }

    private void cut(byte[] bytes, Path file, int linesMax) {
        int number = 1;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                add(Arrays.copyOfRange(bytes, start, i), file, number, linesMax);
                start = i + 1;
                number++;
            }
        }
    }

    private void add(byte[] bytes, Path file, int number, int linesMax) {
        WordLine line = WordLine.cut(file, number, bytes);
        Arrays.fill(bytes, (byte) 0);
        if (line.saysNothing()) {
            line.zero();
            return;
        }
        lines.add(line);
        if (lines.size() > linesMax) {
            throw line.refusal(
                    "is one too many: at most " + linesMax + " may say something. Delete those that are not used.");
        }
    }

    private static void requireUtf8(byte[] bytes, Path file) {
        try {
            CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            Arrays.fill(characters.array(), '\0');
        } catch (CharacterCodingException e) {
            throw new SecretUnavailableException(
                    "File " + file + " is not text in UTF-8. Save it as UTF-8, or name the right file.");
        }
    }
}
