package dev.hypercache.core.form;

import java.util.PriorityQueue;

/** What happens when, by virtual milliseconds, and by the order of its making where times are equal. */
final class VirtualTime {

    private record Event(long atMillis, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long numbers;
    private long nowMillis;

    long nowMillis() {
        return nowMillis;
    }

    void after(long millis, Runnable action) {
        events.add(new Event(nowMillis + millis, numbers++, action));
    }

    void runUntil(long untilMillis) {
        Event next = events.peek();
        while (next != null && next.atMillis() <= untilMillis) {
            events.poll();
            nowMillis = next.atMillis();
            next.action().run();
            next = events.peek();
        }
        nowMillis = untilMillis;
    }
}
