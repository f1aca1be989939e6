package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.HoldKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoldSessionTest {

    @ParameterizedTest
    @EnumSource
    void whatALaterLeaderGrantsReliesOnTheFirstGrant(HoldKind kind) {
        HoldSession session = new HoldSession(1, new HoldSession.Wish(new RecordKey(2, "k"), kind, true, false), 0);
        session.granted(5, 1);
        session.granted(7, 3);

        assertThat(session.grant).isEqualTo(new HoldGrant(1, 5, 1));
        assertThat(session.heldSince).isEqualTo(7);
        assertThat(session.state).isEqualTo(HoldSession.State.GRANTED);
    }
}
