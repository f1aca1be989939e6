package dev.hypercache.core.node;

import static dev.hypercache.core.node.RepairBench.FOLLOWER;
import static dev.hypercache.core.node.RepairBench.LEADER;
import static dev.hypercache.core.node.RepairBench.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which one of three replicas may differ from the other two, and what all of them hold after they were compared.
 *
 * <p>What two of three hold stays, with one exception: a version of the leader that is newer than what the others hold is its
 * word, as long as no floor lies above it.
 */
final class ReconciliationMatrixTest {

    private static final long OLDER = 10;
    private static final long EQUAL = 20;
    private static final long NEWER = 30;
    private static final long ABOVE = 40;

    /** What a replica holds of the key. */
    enum Content {
        ABSENT,
        VALUE,
        TOMBSTONE
    }

    /** Compared with the version that the others hold. */
    enum Age {
        OLDER,
        EQUAL,
        NEWER
    }

    /** Whose copy differs, as its leader sees it. */
    enum Side {
        LOCAL,
        REMOTE
    }

    /**
     * A cell.
     *
     * @param others what the other two hold, under version 20
     * @param content what the one holds
     * @param purged whether tombstones up to above all of these versions are gone everywhere
     */
    record Cell(Content others, Content content, Age age, Side side, boolean purged) {

        private long sequence() {
            return switch (age) {
                case OLDER -> ReconciliationMatrixTest.OLDER;
                case EQUAL -> ReconciliationMatrixTest.EQUAL;
                case NEWER -> ReconciliationMatrixTest.NEWER;
            };
        }

        private @Nullable StoredRecord differing() {
            return switch (content) {
                case ABSENT -> null;
                case VALUE ->
                    age == Age.EQUAL && others == Content.VALUE ? truth() : RepairBench.value(age.name(), sequence());
                case TOMBSTONE -> RepairBench.tombstone(sequence());
            };
        }

        private @Nullable StoredRecord truth() {
            return switch (others) {
                case ABSENT -> null;
                case VALUE -> RepairBench.value("truth", ReconciliationMatrixTest.EQUAL);
                case TOMBSTONE -> RepairBench.tombstone(ReconciliationMatrixTest.EQUAL);
            };
        }

        /** One version names one value (CONSISTENCY I2), and what is absent has none. */
        private boolean isPossible() {
            boolean isOneVersion = age == Age.EQUAL && others != Content.ABSENT && content != Content.ABSENT;
            return (content != Content.ABSENT || age == Age.EQUAL) && (!isOneVersion || content == others);
        }

        /** A tombstone that was purged is absent. */
        private boolean isAbsentElsewhere() {
            return others == Content.ABSENT || others == Content.TOMBSTONE && purged;
        }

        private @Nullable Object expected() {
            boolean isLeadersWord = side == Side.LOCAL
                    && content != Content.ABSENT
                    && (isAbsentElsewhere() ? !purged : age == Age.NEWER);
            Content wins = isLeadersWord ? content : others;
            if (wins != Content.VALUE) {
                return null;
            }
            return isLeadersWord && (others != Content.VALUE || age != Age.EQUAL) ? age.name() : "truth";
        }
    }

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Content others : Content.values()) {
            for (Content content : Content.values()) {
                for (Age age : Age.values()) {
                    for (Side side : Side.values()) {
                        cells.add(new Cell(others, content, age, side, false));
                        cells.add(new Cell(others, content, age, side, true));
                    }
                }
            }
        }
        return cells.stream().filter(Cell::isPossible);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void replicasAgreeAndNothingDeletedComesBack(Cell cell) {
        RepairBench bench = new RepairBench();
        RecordKey name = RepairBench.name(1);
        RecordKey bystander = RepairBench.name(2);
        bench.write(bystander, RepairBench.value("bystander", ReconciliationMatrixTest.EQUAL));
        StoredRecord truth = cell.truth();
        if (truth != null) {
            bench.write(name, truth);
        }
        if (cell.purged()) {
            bench.raiseFloors(ABOVE);
        }
        bench.plant(cell.side() == Side.LOCAL ? LEADER : FOLLOWER, name, cell.differing());

        bench.compare();
        bench.compare();

        for (int member : new int[] {LEADER, FOLLOWER, OTHER}) {
            assertThat(bench.valueAt(member, name)).as("at " + member).isEqualTo(cell.expected());
            assertThat(bench.valueAt(member, bystander)).isEqualTo("bystander");
        }
        // Traces of removals below the floor go by themselves, at each replica when it is told again.
        boolean isTrace = cell.purged() && cell.content() == Content.TOMBSTONE && cell.isAbsentElsewhere();
        assertThat(bench.isEqual() || isTrace).isTrue();
    }
}
