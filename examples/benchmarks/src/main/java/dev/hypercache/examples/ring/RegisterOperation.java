package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * One call on a register, a key that one thread writes and every member reads. Times are those of the machine's monotonic
 * clock, which its processes share.
 *
 * @param register which one
 * @param isWrite whether it wrote
 * @param start before the call
 * @param end after it; the greatest number if nobody knows when the write took effect, or whether
 * @param value what was written or read; each write is one more than the one before
 */
record RegisterOperation(int register, boolean isWrite, long start, long end, long value) {

    /** One line without spaces. */
    static String text(List<RegisterOperation> operations) {
        StringJoiner text = new StringJoiner(";");
        for (RegisterOperation operation : operations) {
            text.add(operation.register + "," + operation.isWrite + "," + operation.start + "," + operation.end + ","
                    + operation.value);
        }
        return text.toString();
    }

    static List<RegisterOperation> parse(String text) {
        List<RegisterOperation> operations = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";")) {
            String[] words = part.split(",");
            operations.add(new RegisterOperation(
                    Integer.parseInt(words[0]),
                    Boolean.parseBoolean(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4])));
        }
        return operations;
    }
}
