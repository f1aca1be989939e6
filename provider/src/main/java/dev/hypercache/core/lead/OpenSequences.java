package dev.hypercache.core.lead;

import java.util.Arrays;

/**
 * The sequences of a leader's ballot that are not known to be chosen; the lowest bounds what is.
 *
 * <p>They come in ascending order and mostly go in it, too, so they stand in one array. Confined to its slot.
 */
final class OpenSequences {

    private long[] sequences = new long[4];
    private int begin;
    private int end;

    /** Adds one, once. */
    void add(long sequence) {
        if (end == sequences.length) {
            makeRoom();
        }
        if (begin == end || sequences[end - 1] < sequence) {
            sequences[end++] = sequence;
            return;
        }
        int place = Arrays.binarySearch(sequences, begin, end, sequence);
        if (place < 0) {
            place = -place - 1;
            System.arraycopy(sequences, place, sequences, place + 1, end - place);
            sequences[place] = sequence;
            end++;
        }
    }

    private void makeRoom() {
        int size = end - begin;
        long[] roomy = size > sequences.length / 2 ? new long[2 * sequences.length] : sequences;
        System.arraycopy(sequences, begin, roomy, 0, size);
        sequences = roomy;
        begin = 0;
        end = size;
    }

    /** Takes one out; nothing happens if it is not in. */
    void remove(long sequence) {
        int place = Arrays.binarySearch(sequences, begin, end, sequence);
        if (place == begin) {
            begin++;
        } else if (place > begin) {
            System.arraycopy(sequences, place + 1, sequences, place, end - place - 1);
            end--;
        }
        if (begin == end) {
            begin = 0;
            end = 0;
        }
    }

    boolean isEmpty() {
        return begin == end;
    }

    /** The lowest; there must be one. */
    long lowest() {
        return sequences[begin];
    }
}
