package dev.hypercache.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A set knows its members, whether they have a bit of their own or not. */
final class MemberSetBitsTest {

    private static final int[] IDS = {0, 5, 63, 64, 69, 127, 128, MemberSet.SHORT_ID_MAX};

    @Test
    void membersOfLowAndHighIdsAreToldFromAllOthers() {
        MemberSet members = MemberSet.of(IDS);

        for (int id = 0; id <= MemberSet.SHORT_ID_MAX; id++) {
            int sought = id;
            assertThat(members.contains(id))
                    .as("%d", id)
                    .isEqualTo(Arrays.stream(IDS).anyMatch(one -> one == sought));
        }
    }

    @Test
    void nobodyIsNoMember() {
        assertThat(MemberSet.of(63).contains(-1)).isFalse();
        assertThat(MemberSet.EMPTY.contains(0)).isFalse();
    }
}
