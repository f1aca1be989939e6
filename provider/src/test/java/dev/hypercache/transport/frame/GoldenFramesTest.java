package dev.hypercache.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.HoldAnswer;
import dev.hypercache.core.message.LoadResult;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.spi.membership.MemberHealth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes of two releases talk to each other, so bytes once written keep their meaning. A file for each verb holds messages
 * and their frames; a line that no longer fits means a new version of the layout.
 */
class GoldenFramesTest {

    private static final String DIRECTORY = "/frames/v" + FrameSchema.VERSION + "/";
    private static final HexFormat HEX = HexFormat.of();
    private static final int LINE_HEX_MAX = 120;
    private static final int SAMPLES_LEAST = 5;
    private static final int DRAWS = 300;

    /** A message as text, and its frame. */
    record Golden(String message, byte[] frame) {}

    static Stream<Class<? extends Message>> kinds() {
        return FrameRoundTripTest.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void goldenFrameIsStillTheMessageItWas(Class<? extends Message> kind) throws IOException {
        for (Golden golden : goldens(kind)) {
            assertThat(Described.of(Frames.messageOf(golden.frame()))).isEqualTo(golden.message());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void goldenMessageIsStillWrittenAsTheFrameItWas(Class<? extends Message> kind) throws IOException {
        for (Golden golden : goldens(kind)) {
            byte[] written = Frames.bytesOf(Frames.messageOf(golden.frame()));
            assertThat(HEX.formatHex(written)).as(golden.message()).isEqualTo(HEX.formatHex(golden.frame()));
        }
    }

    @Test
    void goldenFramesShowEveryOperationAndEveryConstant() throws IOException {
        List<String> unseen = choices();
        for (Class<? extends Message> kind : kinds().toList()) {
            for (Golden golden : goldens(kind)) {
                unseen.removeAll(Arrays.asList(golden.message().split("\\W+")));
            }
        }
        assertThat(unseen).as("what no golden frame shows").isEmpty();
    }

    /** The names of all operations and of all constants that stand in messages. */
    private static List<String> choices() {
        List<String> choices = new ArrayList<>();
        Stream.of(EntryOp.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .forEach(choices::add);
        Stream.of(
                        Outcome.Status.values(),
                        Change.values(),
                        HoldKind.values(),
                        HoldAnswer.State.values(),
                        LoadResult.State.values(),
                        Rejected.Reason.values(),
                        Stored.Verdict.values(),
                        MemberHealth.values())
                .flatMap(Stream::of)
                .map(Enum::name)
                .forEach(choices::add);
        return choices;
    }

    static List<Golden> goldens(Class<? extends Message> kind) throws IOException {
        String file = DIRECTORY + kind.getSimpleName() + ".txt";
        try (InputStream in = GoldenFramesTest.class.getResourceAsStream(file)) {
            assertThat(in)
                    .as(file + ": the main method of this class writes it")
                    .isNotNull();
            List<Golden> goldens = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            for (String pair : text.strip().split("\n\n")) {
                String[] lines = pair.split("\n");
                goldens.add(new Golden(
                        lines[0],
                        HEX.parseHex(String.join("", Arrays.asList(lines).subList(1, lines.length)))));
            }
            assertThat(goldens).as(file).isNotEmpty();
            return goldens;
        }
    }

    /**
     * Writes the files of verbs that have none.
     *
     * @param arguments the directory of this version's files
     */
    public static void main(String[] arguments) throws IOException {
        for (Class<? extends Message> kind : kinds().toList()) {
            Path file = Path.of(arguments[0], kind.getSimpleName() + ".txt");
            if (!Files.exists(file)) {
                Files.writeString(file, candidates(kind), StandardCharsets.US_ASCII);
            }
        }
    }

    private static String candidates(Class<? extends Message> kind) {
        RandomMessages messages = RandomMessages.small(11);
        List<String> unseen = choices();
        StringBuilder text = new StringBuilder();
        for (int draws = 0, taken = 0; draws < DRAWS; draws++) {
            Message message = messages.next(kind);
            String description = Described.of(message);
            String hex = HEX.formatHex(Frames.bytesOf(message));
            boolean showsMore = unseen.removeAll(Arrays.asList(description.split("\\W+")));
            if (taken < SAMPLES_LEAST || showsMore) {
                text.append(description).append('\n');
                for (int from = 0; from < hex.length(); from += LINE_HEX_MAX) {
                    text.append(hex, from, Math.min(hex.length(), from + LINE_HEX_MAX))
                            .append('\n');
                }
                text.append('\n');
                taken++;
            }
        }
        return text.toString();
    }
}
