package dev.hypercache.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The answers on one connection, up to the one that announces its end. */
final class AnswerReader {

    private static final String LENGTH = "content-length: ";

    /** Undertow's parser, which comes before the gate, repeats the version of what it refuses. */
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 [1-5]\\d\\d .*|HTTP/\\d\\.\\d 400 .*");

    private AnswerReader() {}

    static List<Integer> statuses(InputStream in) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        try {
            boolean last = false;
            while (!last) {
                String status = line(in);
                if (status.isEmpty()) {
                    return statuses;
                }
                if (!STATUS.matcher(status).matches()) {
                    throw new AssertionError("no answer begins with: " + status);
                }
                statuses.add(Integer.parseInt(status.substring(9, 12)));
                last = skipRest(in);
            }
        } catch (SocketException reset) {
            // The connection ended with bytes that nobody had read.
        }
        return statuses;
    }

    /** Reads the headers and the body; whether the connection ends with them. */
    private static boolean skipRest(InputStream in) throws IOException {
        int length = 0;
        boolean last = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            last |= lower.equals("connection: close");
            length = lower.startsWith(LENGTH) ? Integer.parseInt(lower.substring(LENGTH.length())) : length;
        }
        in.readNBytes(length);
        return last;
    }

    /** Empty at the end, too. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }
}
