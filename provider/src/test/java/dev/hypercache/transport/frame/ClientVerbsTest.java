package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ClientVerbsTest {

    private static final byte EXECUTE = 32;
    private static final byte PREPARE = 1;

    @Test
    void clientsMayAskForTheirOperationsAndForNothingElse() {
        TreeSet<String> allowed = new TreeSet<>();
        for (Verb<?> verb : FrameSchema.verbs()) {
            if (ClientVerbs.allow(ByteBuffer.wrap(new byte[] {1, (byte) verb.code(), 0, 0}))) {
                allowed.add(verb.type().getSimpleName());
            }
        }

        assertThat(allowed)
                .containsExactly(
                        "AskCounts",
                        "AskHold",
                        "AskHybridPage",
                        "AskPage",
                        "CacheSizes",
                        "Execute",
                        "ExecuteClear",
                        "Heard",
                        "ListenersTold",
                        "Perform",
                        "PerformClear",
                        "ReadCounts",
                        "ReadDigests",
                        "ReadHybrid",
                        "ReadReplica",
                        "ReleaseHold",
                        "RenewHold",
                        "ShowCounting",
                        "ShowInterest");
    }

    @Test
    void oneVerbOfMembersForbidsTheWholeBundle() {
        assertThat(ClientVerbs.allow(bundle(EXECUTE, EXECUTE))).isTrue();
        assertThat(ClientVerbs.allow(bundle(EXECUTE, PREPARE))).isFalse();
    }

    @Test
    void whatHasNoVerbIsForNobody() {
        assertThat(ClientVerbs.allow(ByteBuffer.wrap(new byte[] {1}))).isFalse();
        assertThat(ClientVerbs.allow(ByteBuffer.wrap(new byte[] {1, -1, 0}))).isFalse();
        assertThatThrownBy(() -> ClientVerbs.allow(ByteBuffer.wrap(new byte[] {(byte) BundleSink.MARK, 0, 0, 0, 9, 1})))
                .isInstanceOf(FrameException.class);
    }

    @Test
    void signOfLifeIsAllowed() {
        assertThat(ClientVerbs.allow(ByteBuffer.allocate(0))).isTrue();
    }

    private static ByteBuffer bundle(byte... verbs) {
        ByteBuffer bundle = ByteBuffer.allocate(1 + verbs.length * 8);
        bundle.put((byte) BundleSink.MARK);
        for (byte verb : verbs) {
            bundle.putInt(4).put((byte) 1).put(verb).putShort((short) 0);
        }
        return bundle.flip();
    }
}
