package dev.hypercache.core.form;

import dev.hypercache.spi.Address;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Carries questions and answers, or does not: it loses, repeats and delays each by chance, and may be cut between two places. */
final class FormNetwork {

    private final VirtualTime time;
    private final SplittableRandom chance;
    private final Set<String> cuts = new HashSet<>();
    private double loss;
    private double repetition;
    private int delayMillisMax = 1;

    FormNetwork(VirtualTime time, SplittableRandom chance) {
        this.time = time;
        this.chance = chance;
    }

    void faults(double lossRate, double repetitionRate, int delayMillis) {
        loss = lossRate;
        repetition = repetitionRate;
        delayMillisMax = delayMillis;
    }

    void cut(Address from, Address to) {
        cuts.add(from + ">" + to);
    }

    void heal() {
        cuts.clear();
    }

    boolean isCut(Address from, Address to) {
        return cuts.contains(from + ">" + to);
    }

    /** Sends something on its way; what is on its way passes a cut that is made later. */
    void send(Address from, Address to, Runnable delivery) {
        int copies = chance.nextDouble() < repetition ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (!isCut(from, to) && chance.nextDouble() >= loss) {
                time.after(delay(), delivery);
            }
        }
    }

    private long delay() {
        boolean isSlow = chance.nextInt(20) == 0;
        return 1 + chance.nextInt(isSlow ? 10 * delayMillisMax : delayMillisMax);
    }
}
