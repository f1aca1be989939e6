package dev.hypercache.core.lead;

import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Asks a majority whether the leader still leads, once for all reads that have arrived.
 *
 * <p>A round serves only what arrived before it was sent: a confirmation that was under way already says nothing of a
 * leader that came since. While one round is under way the next one collects. Confined to its slot.
 */
final class ConfirmRounds {

    /** Sends the question to followers that have not answered it. */
    @FunctionalInterface
    interface Asking {

        /**
         * @param confirmed who has answered
         * @param again whether it was asked before, without enough answers
         */
        void ask(long round, BitSet confirmed, boolean again);
    }

    private final int self;
    private final Asking asking;
    private final BitSet confirmed = new BitSet();
    private List<PendingAnswer> served = new ArrayList<>();
    private List<PendingAnswer> collected = new ArrayList<>();
    private long round;
    private boolean underWay;
    private long askedAtMillis;

    ConfirmRounds(int self, Asking asking) {
        this.self = self;
        this.asking = asking;
    }

    /** An answer needs a confirmation that is asked for from now on. */
    void require(PendingAnswer answer, SlotConfiguration configuration, long nowMillis) {
        answer.waitForMore();
        collected.add(answer);
        if (!underWay) {
            begin(configuration, nowMillis);
        }
    }

    private void begin(SlotConfiguration configuration, long nowMillis) {
        while (!collected.isEmpty()) {
            served = collected;
            collected = new ArrayList<>();
            round++;
            confirmed.clear();
            confirmed.set(self);
            underWay = true;
            if (!configuration.isAcceptQuorum(confirmed)) {
                askedAtMillis = nowMillis;
                asking.ask(round, confirmed, false);
                return;
            }
            end();
        }
    }

    private void end() {
        underWay = false;
        List<PendingAnswer> answers = served;
        served = new ArrayList<>();
        for (PendingAnswer answer : answers) {
            answer.proceed();
        }
    }

    /** A follower has promised nobody else when it answered. */
    void confirmed(int member, long confirmedRound, SlotConfiguration configuration, long nowMillis) {
        if (!underWay || confirmedRound != round) {
            return;
        }
        confirmed.set(member);
        if (configuration.isAcceptQuorum(confirmed)) {
            end();
            begin(configuration, nowMillis);
        }
    }

    /** Asks once more when there was no answer for some time. */
    void repeat(long everyMillis, long nowMillis) {
        if (underWay && nowMillis - askedAtMillis >= everyMillis) {
            askedAtMillis = nowMillis;
            asking.ask(round, confirmed, true);
        }
    }

    boolean isIdle() {
        return !underWay;
    }

    /** The answers that wait for a confirmation. */
    List<PendingAnswer> waiting() {
        List<PendingAnswer> waiting = new ArrayList<>(served);
        waiting.addAll(collected);
        return waiting;
    }
}
