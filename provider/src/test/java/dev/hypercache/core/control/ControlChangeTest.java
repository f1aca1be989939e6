package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.id;
import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes survive the way through bytes, and bytes that are no change are refused with a reason. */
final class ControlChangeTest {

    private static final UUID ID = new UUID(-1, 1);

    static Stream<ControlCommand> commands() {
        return Stream.of(
                TopologyPlanner.found(
                        settings(16, 3), List.of(profile("a"), profile("b", 1, 10_000, "z\u00fcrich"), profile("c"))),
                new AdmitMember(profile("node-1:7400", 3, 1, "east")),
                new DrainMember(id("a", 1)),
                new RemoveMember(id("[::1]:7400", Long.MAX_VALUE)),
                new DefineCache(
                        "b\u00fccher \uD83D\uDCDA",
                        new TreeMap<>(Map.of("write", "QUORUM", "empty", "")),
                        Payload.of(new byte[] {0, -1, 127})),
                new DropCache(Integer.MAX_VALUE),
                new UseCache(128, id("a", 1)),
                new ReleaseCache(Integer.MAX_VALUE, id("[::1]:7400", Long.MAX_VALUE)),
                new ChangeSlots(List.of(
                        new AddLearners(0, 1, MemberSet.of(4, 5)),
                        new DropLearners(1, 127, MemberSet.of(4)),
                        new BeginSwitch(4095, 128, MemberSet.of(4095, 1, 2)),
                        new CompleteSwitch(2, Integer.MAX_VALUE),
                        new OrderVoters(3, 16_384, MemberSet.of(2, 1)))),
                new ChangeSlots(List.of()),
                new ResolveLoss(
                        LossPolicy.RESET,
                        List.of(
                                new LostSlot(0, 1, MemberSet.EMPTY),
                                new LostSlot(4095, 16_384, MemberSet.of(4095, 1)))),
                new ResolveLoss(LossPolicy.BLOCK, List.of()),
                new SetReplicationFactor(7),
                new Reform(
                        new RingId(new UUID(3, -4), Long.MAX_VALUE - 1),
                        List.of(id("a", 1), id("b", Long.MAX_VALUE)),
                        List.of(profile("c", 2, 10_000, "z\u00fcrich"))));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void decodedChangeEqualsTheEncodedOne(ControlCommand command) {
        ControlChange change = new ControlChange(ID, command);

        assertThat(ControlChange.decode(change.encode())).isEqualTo(change);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void bytesThatNobodyEncodedAreDecodedOrRefused(ControlCommand command) {
        HostileBytes hostile = new HostileBytes(new ControlChange(ID, command).encode(), ControlChange::decode);

        hostile.cutOffAnywhere();
        hostile.followedByAnotherByte();
        hostile.changedAtRandom(3_000);
        hostile.madeUp(3_000);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whateverDecodesCanBeAppliedToAnyState(ControlCommand command) {
        ControlState ring = TestRings.founded(16, 3, "a", "b", "c", "d");
        for (ControlState state : List.of(ControlState.EMPTY, ring)) {
            Payload good = new ControlChange(ID, command).encode();
            new HostileBytes(
                            good,
                            bytes -> state.apply(ControlChange.decode(bytes).command()))
                    .changedAtRandom(1_000);
        }
    }

    @Test
    void stepsAreCompactAndEvenManyFitIntoTheLog() {
        List<SlotStep> steps = new ArrayList<>();
        for (int slot = 0; slot < 1_024; slot++) {
            steps.add(new BeginSwitch(slot, 5, MemberSet.of(1, 2, 3)));
        }
        assertThat(new ControlChange(ID, new ChangeSlots(steps)).encode().length())
                .isLessThan(9_000);

        List<SlotStep> most = new ArrayList<>();
        int[] members = new int[ControlLimits.LEARNERS_MAX];
        java.util.Arrays.setAll(members, i -> MemberSet.SHORT_ID_MAX - i);
        for (int i = 0; i < ControlLimits.STEPS_MAX; i++) {
            most.add(new AddLearners(4_095, Integer.MAX_VALUE, MemberSet.of(members)));
        }
        assertThat(new ControlChange(ID, new ChangeSlots(most)).encode().length())
                .isLessThan(ControlLimits.CHANGE_BYTES_MAX);
    }

    @Test
    void changeOfANewerFormatIsToldApartFromBytesThatAreNone() {
        byte[] bytes = new ControlChange(ID, new DropCache(1)).encode().toBytes();
        bytes[0] = ChangeFormat.VERSION + 1;
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> ControlChange.decode(Payload.of(bytes)))
                .withMessageContaining("of format " + (ChangeFormat.VERSION + 1))
                .withMessageContaining("Update this member");
        bytes[0] = 0;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlChange.decode(Payload.of(bytes)))
                .isNotInstanceOf(NewerFormatException.class)
                .withMessageContaining("format 0");
    }

    /** What was written once is read for ever. */
    @Test
    void changesAreWrittenInTheOldestFormatThatHasThem() {
        String id = "ffffffffffffffff0000000000000001";

        assertThat(hex(new DropCache(300))).isEqualTo("01" + id + "06" + "ac02");
        assertThat(hex(new UseCache(300, id("ab", 5)))).isEqualTo("02" + id + "08" + "ac02" + "02" + "6162" + "05");
        assertThat(hex(new ReleaseCache(1, id("ab", 5)))).isEqualTo("02" + id + "09" + "01" + "02" + "6162" + "05");
    }

    private static String hex(ControlCommand command) {
        return HexFormat.of().formatHex(new ControlChange(ID, command).encode().toBytes());
    }

    @Test
    void firstFormatHasNoCommandsOfTheSecond() {
        byte[] bytes =
                new ControlChange(ID, new UseCache(1, id("a", 1))).encode().toBytes();
        bytes[0] = 1;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlChange.decode(Payload.of(bytes)))
                .isNotInstanceOf(NewerFormatException.class)
                .withMessage("topology change: kind of command is 8, not 1 to 7.");
    }

    @Test
    void refusalNamesTheFieldAndItsBounds() {
        byte[] bytes = new ControlChange(ID, new DropCache(1)).encode().toBytes();
        bytes[bytes.length - 1] = 0;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlChange.decode(Payload.of(bytes)))
                .withMessage("topology change: cache id is 0, not 1 to 2147483647.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlChange.decode(Payload.of(new byte[ControlLimits.CHANGE_BYTES_MAX + 1])))
                .withMessageContaining("length of topology change in bytes");
    }

    @Test
    void numberHasOneEncodingOnly() {
        byte[] bytes = new ControlChange(ID, new DropCache(1)).encode().toBytes();
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length - 1] = (byte) 0x81;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlChange.decode(Payload.of(longer)))
                .withMessageContaining("empty bits in front");
    }

    @Test
    void halfASurrogatePairIsRefusedWhenEncoding() {
        ControlChange change = new ControlChange(ID, new DefineCache("\uD83D", new TreeMap<>(), Payload.EMPTY));

        assertThatIllegalArgumentException().isThrownBy(change::encode).withMessageContaining("half a surrogate pair");
    }
}
