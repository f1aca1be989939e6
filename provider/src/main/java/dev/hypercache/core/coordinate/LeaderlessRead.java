package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.ClearStored;
import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.message.HybridRead;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.ReadHybrid;
import dev.hypercache.core.message.Store;
import dev.hypercache.core.message.StoreClear;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key of a cache that nobody orders at a majority of its slot's replicas, or at all of them.
 *
 * <p>The newest version that they hold is the answer, and it is told once a majority holds it: those that lack it are sent it
 * first. So no later read of this kind sees anything older, unless the reader may not send anything: it is told the newest version all
 * the same. While the slot changes its replicas, majorities of the old and
 * the new ones are asked.
 */
final class LeaderlessRead implements ReplicaReading {

    private static final long AGAIN_MILLIS = 150;

    private final Question question;
    private final Routing routing;
    private final Outbox out;
    private final ReadCompletion answer;
    private final Map<Integer, HybridRead> answers = new TreeMap<>();
    private final BitSet holders = new BitSet();
    private SlotConfiguration configuration;
    private @Nullable StoredRecord newest;
    private HybridVersion cleared = HybridVersion.NONE;
    private boolean settling;
    private long askedAtMillis;
    private boolean ended;

    LeaderlessRead(Question question, Routing routing, Outbox out, ReadCompletion answer, long now) {
        this.question = question;
        this.routing = routing;
        this.out = out;
        this.answer = answer;
        this.configuration = routing.configuration(question.slot());
        this.askedAtMillis = now;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void start() {
        for (int elector : configuration.electors().toArray()) {
            if (!answers.containsKey(elector)) {
                out.send(
                        elector,
                        new ReadHybrid(question.slot(), question.id(), configuration.epoch(), question.name()));
            }
        }
    }

    @Override
    public void on(int from, HybridRead read, long now) {
        boolean counts = !ended
                && !settling
                && !read.refused()
                && read.holder().epoch() == configuration.epoch()
                && configuration.electors().contains(from);
        if (!counts) {
            return;
        }
        answers.put(from, read);
        BitSet answered = new BitSet();
        answers.keySet().forEach(answered::set);
        boolean suffices = question.all()
                ? configuration.electors().isCoveredBy(answered)
                : configuration.isPromiseQuorum(answered);
        if (suffices) {
            settle();
        }
    }

    private void settle() {
        settling = true;
        for (HybridRead read : answers.values()) {
            cleared = cleared.orLater(read.cleared());
            StoredRecord record = read.record();
            if (record != null && (newest == null || supersedes(record, newest))) {
                newest = record;
            }
        }
        StoredRecord best = newest;
        if (best != null && best.hybridVersion().compareTo(cleared) <= 0) {
            newest = null;
        }
        answers.forEach((member, read) -> holders.set(member, isHeldBy(read)));
        if (!endIfHeld()) {
            settleAmongReplicas();
        }
    }

    /** A value whose time is over somewhere is gone: the same version without a value counts more. */
    private static boolean supersedes(StoredRecord one, StoredRecord other) {
        return one.isNewerThan(other)
                || one.isTombstone() && one.hybridVersion().equals(other.hybridVersion());
    }

    private boolean isHeldBy(HybridRead read) {
        StoredRecord best = newest;
        if (best == null) {
            return read.cleared().equals(cleared);
        }
        StoredRecord held = read.record();
        return held != null && held.hybridVersion().equals(best.hybridVersion());
    }

    private boolean endIfHeld() {
        boolean isHeld = configuration.isPromiseQuorum(holders);
        if (isHeld) {
            tell();
        }
        return isHeld;
    }

    private void tell() {
        ended = true;
        StoredRecord best = newest;
        answer.read(best == null || best.isTombstone() ? null : best);
    }

    private void settleAmongReplicas() {
        if (routing.maySettle()) {
            writeBack();
        } else {
            tell();
        }
    }

    private void writeBack() {
        StoredRecord best = newest;
        answers.forEach((member, read) -> {
            if (!holders.get(member)) {
                HolderHead head =
                        new HolderHead(configuration.epoch(), read.holder().copy(), 0, 0);
                out.send(
                        member,
                        best == null
                                ? new StoreClear(
                                        question.slot(), head, question.name().cache(), cleared)
                                : new Store(question.slot(), head, question.name(), best));
            }
        });
    }

    @Override
    public void on(int from, Stored stored) {
        StoredRecord best = newest;
        boolean counts = settling
                && !ended
                && best != null
                && stored.isFinal()
                && stored.slot() == question.slot()
                && stored.name().equals(question.name())
                && stored.version().equals(best.hybridVersion());
        if (counts) {
            holders.set(from);
            endIfHeld();
        }
    }

    @Override
    public void on(int from, ClearStored stored) {
        boolean counts = settling
                && !ended
                && newest == null
                && stored.verdict() == Stored.Verdict.INSTALLED
                && stored.slot() == question.slot()
                && stored.cache() == question.name().cache()
                && stored.version().equals(cleared);
        if (counts) {
            holders.set(from);
            endIfHeld();
        }
    }

    @Override
    public void tick(long now) {
        if (ended) {
            return;
        }
        if (now >= question.endsAtMillis()) {
            ended = true;
            answer.askLeader();
            return;
        }
        if (now - askedAtMillis < AGAIN_MILLIS) {
            return;
        }
        askedAtMillis = now;
        if (!configuration.equals(routing.configuration(question.slot()))) {
            configuration = routing.configuration(question.slot());
            beginAnew();
        }
        if (settling) {
            writeBack();
        } else {
            start();
        }
    }

    private void beginAnew() {
        answers.clear();
        holders.clear();
        newest = null;
        cleared = HybridVersion.NONE;
        settling = false;
    }

    @Override
    public String toString() {
        return "LeaderlessRead[" + question.name() + ", answers " + answers.keySet() + ", held by " + holders + "]";
    }
}
