package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 9 and 10 of the attack list: whoever wants less than the node's TLS gets an alert. */
@Timeout(120)
final class TlsVersionAttackTest {

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;

    @TempDir
    private static Path directory;

    private static AttackedNode usual;
    private static AttackedNode older;

    @BeforeAll
    static void start() throws Exception {
        usual = AttackedNode.withTls(directory);
        older = AttackedNode.withTls(directory, "TLSv1.2", "TLSv1.3");
    }

    @AfterAll
    static void stop() {
        usual.close();
        older.close();
    }

    private static String recordsAfter(AttackedNode node, String bytes) throws Exception {
        try (RawCaller caller = RawCaller.plain(node.address())) {
            return caller.send(bytes).readAll().text();
        }
    }

    private static void assertAlerted(AttackedNode node, String bytes) throws Exception {
        Attacks attack = Attacks.on(node);
        String records = recordsAfter(node, bytes);
        assertThat(records).as("an alert, and the end").isNotEmpty();
        assertThat((int) records.charAt(0)).isEqualTo(ALERT);
        assertThat(records).hasSize(7);
        attack.reachesNothing();
    }

    @ParameterizedTest(name = "row 9: version {0} with suite {1}")
    @CsvSource({"0300, 000a", "0301, c013", "0302, c013", "0303, c02b", "0303, c009", "0303, 0001"})
    void row09_versionBelowTheNodesIsAlerted(String version, String suite) throws Exception {
        assertAlerted(usual, ClientHello.of(Integer.parseInt(version, 16), Integer.parseInt(suite, 16)));
    }

    @ParameterizedTest(name = "row 9: TLS 1.2 with suite {0}")
    @ValueSource(
            strings = {"0001", "0002", "003b", "002f", "c013", "c009", "c00a", "c006", "c023", "000a", "0005", "00ff"})
    void row09_weakSuiteOfAnOlderVersionIsAlerted(String suite) throws Exception {
        assertAlerted(older, ClientHello.of(0x0303, Integer.parseInt(suite, 16)));
    }

    @ParameterizedTest(name = "row 9: version {0}")
    @ValueSource(ints = {0x0301, 0x0302})
    void row09_versionsBelowTheOldestAreAlerted(int version) throws Exception {
        assertAlerted(older, ClientHello.of(version, 0xc02b));
    }

    @Test
    void row09_strongSuiteOfAnOlderVersionIsTakenWhereItIsAllowed() throws Exception {
        try (RawCaller caller = RawCaller.plain(older.address())) {
            caller.send(ClientHello.of(0x0303, 0xc02b));
            assertThat(caller.read()).isEqualTo(HANDSHAKE);
        }
    }

    @ParameterizedTest(name = "row 10: {0}")
    @ValueSource(
            strings = {
                "GET /internal/get?cache=books&key=k HTTP/1.1\r\nHost: n\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void row10_plainHttpIsNotAnswered(String request) throws Exception {
        Attacks attack = Attacks.on(usual);
        assertThat(recordsAfter(usual, request)).doesNotContain("HTTP");
        attack.reachesNothing();
    }
}
