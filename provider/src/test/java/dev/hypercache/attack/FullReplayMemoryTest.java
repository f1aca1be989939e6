package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More signed requests than a node can remember: refused, as nobody can tell whether they are new (SECURITY §3.1). */
@Timeout(120)
final class FullReplayMemoryTest {

    private static final String BODY =
            "{\"code\":\"REPLAY_MEMORY_FULL\",\"message\":\"the node can remember no more signed"
                    + " requests now; nothing was done\"}";

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "with a body: {0}")
    @ValueSource(booleans = {false, true})
    void requestThatCannotBeRememberedIsRefusedAndNotDone(boolean hasBody) throws Exception {
        try (AttackedNode node = AttackedNode.remembering(directory, 1);
                RawCaller first = node.caller()) {
            assertThat(first.send(node.keys().call().set()).readHead()).startsWith("HTTP/1.1 200 ");
            Attacks attack = Attacks.on(node);
            try (RawCaller second = node.caller()) {
                String request =
                        hasBody ? node.keys().call().set() : node.keys().call().get();
                attack.turnsAway(second.send(request).readAll(), 503, BODY, "REPLAY_MEMORY_FULL", "full");
            }
            assertThat(node.counters().fullCount()).isEqualTo(1);
        }
    }

    @Test
    void strangersFillNoMemory() throws Exception {
        try (AttackedNode node = AttackedNode.remembering(directory, 1)) {
            for (int i = 0; i < 5; i++) {
                String forged =
                        node.keys().call().key(SharedKeys.GOOD, "guessed").get();
                Attacks.on(node).isNotBelieved(forged, "SIGNATURE", "wrong_signature");
            }
            try (RawCaller caller = node.caller()) {
                assertThat(caller.send(node.keys().call().set()).readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }
}
