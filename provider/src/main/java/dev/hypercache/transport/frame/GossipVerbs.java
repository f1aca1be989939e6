package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.message.ProbeMissed;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.List;

/** How members find out who of them answers: codes 112 to 119. */
final class GossipVerbs {

    private static final EnumCode<MemberHealth> HEALTH = new EnumCode<>(
            MemberHealth.class,
            "health of a member",
            List.of(MemberHealth.ALIVE, MemberHealth.SUSPECT, MemberHealth.DEAD));

    private GossipVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(112, Probe.class, GossipVerbs::writeProbe, GossipVerbs::readProbe),
                new Verb<>(113, ProbeAnswer.class, GossipVerbs::writeProbeAnswer, GossipVerbs::readProbeAnswer),
                new Verb<>(114, AskProbe.class, GossipVerbs::writeAskProbe, GossipVerbs::readAskProbe),
                new Verb<>(115, ProbeMissed.class, GossipVerbs::writeProbeMissed, GossipVerbs::readProbeMissed));
    }

    private static void writeProbe(Probe probe, FrameSink out) {
        out.writeLong(probe.probe());
        writeNews(probe, out);
    }

    private static Probe readProbe(int slot, FrameSource in) {
        return new Probe(readNumber(slot, in), readRefutations(in), readGossip(in));
    }

    private static void writeProbeAnswer(ProbeAnswer answer, FrameSink out) {
        out.writeLong(answer.probe());
        writeNews(answer, out);
    }

    private static ProbeAnswer readProbeAnswer(int slot, FrameSource in) {
        return new ProbeAnswer(readNumber(slot, in), readRefutations(in), readGossip(in));
    }

    private static void writeAskProbe(AskProbe ask, FrameSink out) {
        out.writeLong(ask.probe());
        out.writeShort(ask.member());
        writeNews(ask, out);
    }

    private static AskProbe readAskProbe(int slot, FrameSource in) {
        return new AskProbe(readNumber(slot, in), readMember("member", in), readRefutations(in), readGossip(in));
    }

    private static void writeProbeMissed(ProbeMissed missed, FrameSink out) {
        out.writeLong(missed.probe());
        writeNews(missed, out);
    }

    private static ProbeMissed readProbeMissed(int slot, FrameSource in) {
        return new ProbeMissed(readNumber(slot, in), readRefutations(in), readGossip(in));
    }

    /** What concerns no slot names the first one, so that each message has one form. */
    private static long readNumber(int slot, FrameSource in) {
        if (slot != 0) {
            throw in.refusal("slot " + slot + " of a message that concerns no slot");
        }
        return in.readLong("probe");
    }

    private static void writeNews(GossipMessage message, FrameSink out) {
        out.writeLong(message.refutations());
        out.writeList(message.gossip(), GossipMessage.BELIEFS_MAX, GossipVerbs::writeBelief);
    }

    private static List<Belief> readGossip(FrameSource in) {
        return in.readList("beliefs", GossipMessage.BELIEFS_MAX, GossipVerbs::readBelief);
    }

    private static void writeBelief(Belief belief, FrameSink out) {
        out.writeShort(belief.member());
        out.writeLong(belief.refutations());
        HEALTH.write(belief.health(), out);
        out.writeList(belief.observers(), Belief.OBSERVERS_MAX, (observer, sink) -> sink.writeShort(observer));
    }

    private static Belief readBelief(FrameSource in) {
        return new Belief(
                readMember("member of a belief", in),
                readRefutations(in),
                HEALTH.read(in),
                in.readList("observers", Belief.OBSERVERS_MAX, source -> readMember("observer", source)));
    }

    private static int readMember(String what, FrameSource in) {
        int member = in.readShort(what);
        if (member > MemberSet.SHORT_ID_MAX) {
            throw in.refusal(what + " is " + member + ", at most " + MemberSet.SHORT_ID_MAX);
        }
        return member;
    }

    private static long readRefutations(FrameSource in) {
        long refutations = in.readLong("refutations");
        if (refutations < 0) {
            throw in.refusal("refutations is negative");
        }
        return refutations;
    }
}
