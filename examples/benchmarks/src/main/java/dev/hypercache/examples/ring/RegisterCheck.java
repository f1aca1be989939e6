package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether what callers saw of registers can have been one copy: exact for a register that one thread writes with ever greater
 * values. Then a read is wrong if and only if its value is less than one whose write, or whose read by anybody, had ended before
 * the read began, or greater than any whose write had begun when it ended.
 *
 * @param reads how many there were
 * @param wrong how many of them cannot have been
 */
record RegisterCheck(long reads, long wrong) {

    static RegisterCheck of(List<RegisterOperation> operations, int registers) {
        long reads = 0;
        long wrong = 0;
        for (int register = 0; register < registers; register++) {
            int chosen = register;
            List<RegisterOperation> byStart = new ArrayList<>(operations);
            byStart.removeIf(operation -> operation.register() != chosen);
            byStart.sort(Comparator.comparingLong(RegisterOperation::start));
            reads += byStart.stream().filter(operation -> !operation.isWrite()).count();
            wrong += tooOld(byStart) + tooNew(byStart);
        }
        return new RegisterCheck(reads, wrong);
    }

    private static long tooOld(List<RegisterOperation> byStart) {
        List<RegisterOperation> byEnd = new ArrayList<>(byStart);
        byEnd.sort(Comparator.comparingLong(RegisterOperation::end));
        long wrong = 0;
        long newest = 0;
        int ended = 0;
        for (RegisterOperation operation : byStart) {
            while (ended < byEnd.size() && byEnd.get(ended).end() < operation.start()) {
                newest = Math.max(newest, byEnd.get(ended++).value());
            }
            wrong += !operation.isWrite() && operation.value() < newest ? 1 : 0;
        }
        return wrong;
    }

    /** The first operations may see what was written before they were recorded: a known value is their bound. */
    private static long tooNew(List<RegisterOperation> byStart) {
        List<RegisterOperation> reads = new ArrayList<>(byStart);
        reads.removeIf(RegisterOperation::isWrite);
        reads.sort(Comparator.comparingLong(RegisterOperation::end));
        List<RegisterOperation> writes = new ArrayList<>(byStart);
        writes.removeIf(operation -> !operation.isWrite());
        long wrong = 0;
        int begun = 0;
        for (RegisterOperation read : reads) {
            while (begun < writes.size() && writes.get(begun).start() <= read.end()) {
                begun++;
            }
            long greatest = writes.isEmpty() ? Long.MAX_VALUE : writes.get(0).value() - 1 + begun;
            wrong += read.value() > greatest ? 1 : 0;
        }
        return wrong;
    }
}
