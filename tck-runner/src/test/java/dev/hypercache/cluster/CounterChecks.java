package dev.hypercache.cluster;

import dev.hypercache.cluster.CallLog.Call;
import dev.hypercache.sim.check.ExactlyOnceCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Whether counters are what the increments made of them that callers were told of. */
final class CounterChecks {

    private CounterChecks() {}

    /**
     * What is wrong with them; empty if nothing is.
     *
     * @param calls all increments
     * @param look gives the number that a counter has in the end, by its key
     */
    static List<String> wrong(List<Call> calls, UnaryOperator<String> look) {
        TreeMap<String, ExactlyOnceCounter> counters = new TreeMap<>();
        for (Call call : calls) {
            count(counters.computeIfAbsent(call.report().key(), key -> new ExactlyOnceCounter()), call);
        }
        List<String> wrong = new ArrayList<>();
        counters.forEach((key, counter) -> counter.complaints(Long.parseLong(look.apply(key)))
                .forEach(complaint -> wrong.add(key + ": " + complaint)));
        return wrong;
    }

    private static void count(ExactlyOnceCounter counter, Call call) {
        if (call.isOpen()) {
            counter.indeterminate();
        } else if (call.hasFailed()) {
            counter.failed();
        } else {
            counter.acknowledged(Long.parseLong(String.valueOf(Report.value(call.told()))));
        }
    }
}
