package dev.hypercache.examples.ring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets this member write and all members read the registers while something is measured. */
final class Registers {

    private final Grid grid;
    private final List<Pipe> others;
    private final long[] values = new long[RegisterThread.REGISTERS];
    private final List<RegisterThread> threads = new ArrayList<>();

    Registers(Grid grid, List<Pipe> others) {
        this.grid = grid;
        this.others = others;
    }

    void begin(View view) throws IOException {
        threads.add(RegisterThread.writer(grid, view, values));
        threads.add(RegisterThread.reader(grid, view));
        threads.forEach(Thread::start);
        for (Pipe other : others) {
            other.tell(view.name());
        }
    }

    RegisterCheck end() throws IOException, InterruptedException {
        List<RegisterOperation> seen = new ArrayList<>();
        for (RegisterThread thread : threads) {
            seen.addAll(thread.end());
        }
        threads.clear();
        for (Pipe other : others) {
            seen.addAll(RegisterOperation.parse(other.ask("")));
        }
        return RegisterCheck.of(seen, values.length);
    }
}
