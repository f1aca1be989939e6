package dev.hypercache.sim;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.HistoryRecorder;
import java.util.function.Consumer;

/**
 * What clients do in a cache whose entries live for a moment.
 *
 * <p>An entry with an end is written down as one that somebody may remove at any later time, without a word: so the history
 * has an order exactly if no entry comes back after it was seen to be gone. Clocks in a run may be off by minutes, which
 * makes an early end legal.
 */
final class ExpiryLoad {

    /** The cache of entries with an end. */
    static final int CACHE = 7;

    private final Histories histories;

    ExpiryLoad(Histories histories) {
        this.histories = histories;
    }

    void act(Client client, SimKey key, Chance chance, Consumer<Client.End> then) {
        long life = chance.happens(0.8) ? chance.between(20, 1_500) : 20_000;
        ExpiryRule rule = new ExpiryRule(life, life, ExpiryRule.UNCHANGED);
        HistoryRecorder recorder = histories.of(CACHE);
        if (chance.happens(0.2)) {
            Client.Past level = chance.happens(0.5) ? Client.Past.MAJORITY : Client.Past.DIGEST;
            client.read(recorder, new Get(key, ExpiryRule.NEVER), level, then);
            return;
        }
        EntryOp op = anyOp(key, rule, chance);
        Object value = op.value();
        if (value != null) {
            recorder.begin(0, Action.of(new RemoveIfEqual(key, value, ExpiryRule.NEVER)));
        }
        client.call(recorder, Action.of(op.withExpiry(ExpiryRule.NEVER)), op, null, then);
    }

    private EntryOp anyOp(SimKey key, ExpiryRule rule, Chance chance) {
        switch (chance.below(6)) {
            case 0:
            case 1:
                return new Put(key, histories.newValue("E"), rule);
            case 2:
                return new PutIfAbsent(key, histories.newValue("E"), rule);
            case 3:
                return new Remove(key);
            default:
                return new Get(key, ExpiryRule.NEVER);
        }
    }
}
