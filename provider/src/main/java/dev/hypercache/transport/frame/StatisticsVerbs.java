package dev.hypercache.transport.frame;

import dev.hypercache.core.message.AskCounts;
import dev.hypercache.core.message.CountingSwitch;
import dev.hypercache.core.message.CountsTold;
import dev.hypercache.core.message.ShowCounting;
import dev.hypercache.core.op.CacheCounts;
import java.util.List;

/** What members tell each other of what they count: codes 108 to 111. */
final class StatisticsVerbs {

    private StatisticsVerbs() {}

    static List<Verb<?>> all() {
        return List.of(
                new Verb<>(108, AskCounts.class, StatisticsVerbs::writeAsk, StatisticsVerbs::readAsk),
                new Verb<>(109, CountsTold.class, StatisticsVerbs::writeTold, StatisticsVerbs::readTold),
                new Verb<>(110, ShowCounting.class, StatisticsVerbs::writeShown, StatisticsVerbs::readShown));
    }

    private static void writeAsk(AskCounts ask, FrameSink out) {
        out.writeLong(ask.request());
        out.writeFlag(ask.clears());
        writeSwitch(ask.counting(), out);
    }

    private static AskCounts readAsk(int slot, FrameSource in) {
        return new AskCounts(slot, in.readLong("request"), in.readFlag("mark of clearing"), readSwitch(in));
    }

    private static void writeTold(CountsTold told, FrameSink out) {
        out.writeLong(told.request());
        writeSwitch(told.counting(), out);
        writeCounts(told.counts(), out);
    }

    private static CountsTold readTold(int slot, FrameSource in) {
        return new CountsTold(slot, in.readLong("request"), readSwitch(in), readCounts(in));
    }

    private static void writeShown(ShowCounting shown, FrameSink out) {
        out.writeList(shown.switches(), ShowCounting.SWITCHES_MAX, StatisticsVerbs::writeSwitch);
    }

    private static ShowCounting readShown(int slot, FrameSource in) {
        return new ShowCounting(slot, in.readList("switches", ShowCounting.SWITCHES_MAX, StatisticsVerbs::readSwitch));
    }

    private static void writeSwitch(CountingSwitch counting, FrameSink out) {
        out.writeInt(counting.cache());
        out.writeLong(counting.stamp());
        out.writeFlag(counting.on());
    }

    private static CountingSwitch readSwitch(FrameSource in) {
        return new CountingSwitch(in.readInt("cache"), in.readBallot("stamp"), in.readFlag("mark of counting"));
    }

    private static void writeCounts(CacheCounts counts, FrameSink out) {
        out.writeLong(counts.hits());
        out.writeLong(counts.misses());
        out.writeLong(counts.puts());
        out.writeLong(counts.removals());
        out.writeLong(counts.evictions());
        out.writeLong(counts.expirations());
        writeTimed(counts.gets(), out);
        writeTimed(counts.stores(), out);
        writeTimed(counts.removes(), out);
    }

    private static CacheCounts readCounts(FrameSource in) {
        return new CacheCounts(
                in.readLong("hits"),
                in.readLong("misses"),
                in.readLong("puts"),
                in.readLong("removals"),
                in.readLong("evictions"),
                in.readLong("expirations"),
                readTimed(in),
                readTimed(in),
                readTimed(in));
    }

    private static void writeTimed(CacheCounts.Timed timed, FrameSink out) {
        out.writeLong(timed.operations());
        out.writeLong(timed.nanos());
    }

    private static CacheCounts.Timed readTimed(FrameSource in) {
        return new CacheCounts.Timed(in.readLong("operations"), in.readLong("nanoseconds"));
    }
}
