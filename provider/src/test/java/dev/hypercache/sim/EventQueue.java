package dev.hypercache.sim;

import java.util.PriorityQueue;

/** What happens when: events by virtual time, and by the order of their making where times are equal. */
final class EventQueue {

    private record Event(long atMicros, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long numbers;
    private long nowMicros;

    long nowMicros() {
        return nowMicros;
    }

    long nowMillis() {
        return nowMicros / 1_000;
    }

    void after(long micros, Runnable action) {
        events.add(new Event(nowMicros + Math.max(0, micros), ++numbers, action));
    }

    void afterMillis(long millis, Runnable action) {
        after(millis * 1_000, action);
    }

    /** Lets the next event happen unless it is later than {@code untilMicros}. */
    boolean step(long untilMicros) {
        Event next = events.peek();
        if (next == null || next.atMicros > untilMicros) {
            return false;
        }
        events.poll();
        nowMicros = next.atMicros;
        next.action.run();
        return true;
    }

    /** Lets everything happen that is due by then. */
    void runUntil(long untilMicros) {
        while (step(untilMicros)) {
            // Each step is an event.
        }
        nowMicros = Math.max(nowMicros, untilMicros);
    }

    long happened() {
        return numbers - events.size();
    }
}
