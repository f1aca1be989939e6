package dev.hypercache.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The attack list (SECURITY §4.3): each of its 60 rows has a test that exists, or a reason why there is nothing to attack.
 *
 * <p>A row is tested by the methods of {@link #THEMES} whose names begin with {@code row} and its number, and by those that
 * {@link #ELSEWHERE} names. The timing of row 13 is a matter of work, not of clocks: an unknown key and a wrong signature compute
 * one MAC each.
 */
final class AttackListTest {

    private static final int ROWS = 60;

    private static final List<String> THEMES = List.of(
            "attack.ProofAttackTest",
            "attack.SignatureAttackTest",
            "attack.TargetAttackTest",
            "attack.FramingAttackTest",
            "attack.BodyAttackTest",
            "attack.UpgradeAttackTest",
            "attack.TlsVersionAttackTest",
            "transport.undertow.RefusedPeerAuditTest");

    /** Number, then {@code package.Class#method}. */
    private static final String ELSEWHERE = """
            1 transport.undertow.TlsPeersTest#whoHasNoCertificateOrOneOfAnotherAuthorityEndsInTheHandshake
            2 transport.undertow.TlsPeersTest#whoHasNoCertificateOrOneOfAnotherAuthorityEndsInTheHandshake
            3 transport.undertow.TlsPeersTest#certificateThatIsOverOrNotYetValidEndsInTheHandshake
            3 transport.undertow.TlsPeersTest#connectionEndsWhenItsCertificateIsOver
            4 transport.undertow.TlsPeersTest#identityOfAnotherClusterOrNoneIsRefusedByAnAnswer
            5 transport.undertow.TlsPeersTest#severalIdentitiesAndNoNamesAreRefused
            6 transport.undertow.TlsPeersTest#clientThatSendsWhatIsForMembersIsCutOff
            6 transport.frame.ClientVerbsTest#clientsMayAskForTheirOperationsAndForNothingElse
            7 transport.undertow.TlsPeersTest#roleThatIsNotForFramesIsDenied
            7 bootstrap.RoutesByRoleTest#everyRouteLetsInTheRolesOfTheTableAndNobodyElse
            8 transport.undertow.TlsPeersTest#nobodyGreetsInTheNameOfAnotherNode
            8 transport.undertow.TlsPeersTest#nodeThatAnswersInThePlaceOfAnotherIsNotBelieved
            10 transport.undertow.TlsPeersTest#plainHttpGetsNoAnswer
            11 transport.undertow.TlsPeersTest#sessionOfARemovedAuthorityIsNotResumed
            12 transport.auth.SignatureAttackTest#alteredRequestIsRefused
            13 transport.auth.SignatureAttackTest#signatureOfAnotherKeyIsRefused
            13 transport.auth.RequestVerifierTest#unknownKeyCostsTheSameWorkAsAWrongSignature
            14 transport.auth.SignatureAttackTest#keyOutsideItsDatesIsRefused
            15 transport.auth.RequestVerifierTest#requestIsAcceptedOnceOnly
            15 transport.auth.RequestVerifierTest#forgedCopyDoesNotUseUpTheNonce
            16 transport.auth.SignatureAttackTest#requestForAnotherNodeOrClusterIsRefused
            17 transport.auth.RequestVerifierTest#requestIsNotAcceptedAfterARestart
            18 transport.auth.SignatureAttackTest#requestIsAcceptedFor30SecondsBeforeAndAfter
            19 transport.auth.SignatureAttackTest#alteredRequestIsRefused
            20 transport.auth.SignatureAttackTest#alteredRequestIsRefused
            21 transport.auth.SignatureAttackTest#alteredRequestIsRefused
            22 transport.auth.SignatureAttackTest#alteredRequestIsRefused
            23 transport.http.HttpGateTest#headersThatTwoReadersMayReadInTwoWaysAreTurnedAway
            24 attack.WrongTokensTest#guessesAreCountedAndFewAreWrittenDownAndOthersAreServed
            26 transport.http.HttpGateTest#everyOtherTargetIsNotFound
            27 transport.http.HttpGateTest#everyOtherTargetIsNotFound
            28 transport.http.HttpGateTest#everyOtherTargetIsNotFound
            29 transport.http.GateLimitsTest#controlBytesInATargetAreABadRequest
            30 transport.http.HttpGateTest#everyOtherTargetIsNotFound
            31 transport.http.HttpGateTest#otherMethodsAreNotAllowed
            32 transport.http.HttpGateTest#otherMethodsAreNotAllowed
            33 transport.http.HttpGateTest#methodOverrideIsIgnored
            38 transport.http.FoldedLineTest#foldedLineIsTurnedAway
            40 transport.http.GateLimitsTest#headersAreBounded
            41 transport.http.HttpGateTest#bodiesNeedALengthWithinTheLimitOfTheirRoute
            43 transport.http.HttpGateTest#slowHeadersAndSilentConnectionsAreClosed
            43 transport.http.SlowCallerTest#headThatDripsEndsTheConnection
            44 transport.http.HttpGateTest#slowBodyIsClosedAtItsDeadline
            44 transport.http.SlowCallerTest#bodyThatDripsEndsTheConnection
            45 transport.http.SlowCallerTest#answerThatNobodyTakesEndsTheConnection
            45 transport.undertow.StalledPeerTest#peerThatTakesNothingForTooLongLosesItsConnection
            46 transport.http.GateLimitsTest#connectionIsNotUpgradedToTheNextVersion
            48 transport.undertow.HostileSealedPeerTest#wrongKeyOtherTargetRepetitionAndNoSignatureAreRefusedBeforeAnySwitch
            49 transport.undertow.HostilePeerTest#anythingButAGreetingEndsTheConnection
            49 transport.undertow.HostilePeerTest#nothingAfterTheUpgradeEndsTheConnectionInTime
            49 transport.undertow.HostileSealedPeerTest#garbageBehindTheChallengeEndsTheConnection
            49 transport.undertow.HostileSealedPeerTest#nothingBehindTheChallengeEndsTheConnectionInTime
            50 transport.undertow.HostilePeerTest#lengthThatNoFrameHasEndsTheConnection
            50 transport.undertow.HostilePeerTest#greetingThatDoesNotEndEndsTheConnection
            51 transport.undertow.HostilePeerTest#breachOfTheProtocolEndsTheConnection
            51 transport.undertow.HostileSealedPeerTest#attackEndsTheConnection
            52 transport.undertow.HostileSealedPeerTest#challengeThatComesBackEndsTheConnection
            52 transport.undertow.HostileSealedPeerTest#firstFrameUnderTheKeyOfTheOtherDirectionEndsTheConnection
            52 transport.undertow.HostileChallengeTest#answerUnderTheDiallersOwnKeyIsNotBelieved
            53 transport.undertow.NegotiationTest#strangersAreToldWhy
            53 bootstrap.RingEntranceTest#twoSeedsOfOneNameRefuseEachOther
            53 bootstrap.RingEntranceTest#secondLivingNodeOfANameIsRefusedByTheRing
            53 core.form.FormingTest#restartedSeedAcceptsNothingForItsFormerLife
            54 core.member.HostileGossipTest#gossipAboutAnyNumberOfStrangersLeavesNothing
            54 core.member.HostileGossipTest#nodeThatIsSaidToBeDeadRefutesAndIsNoMoreSilentThanBefore
            54 transport.frame.GossipFramesTest#listsBeyondTheirBoundsAreRefused
            54 transport.frame.GossipFramesTest#membersAreNamedByShortIdsAndByNothingElse
            55 http.MalformedRequestTest#malformedJsonIsRefused
            56 http.MalformedRequestTest#malformedJsonIsRefused
            57 bootstrap.AllowedClassesTest#valueOfAClassThatIsNotAllowedIsRefusedWithTheLineThatAllowsIt
            58 http.MalformedRequestTest#malformedMsgpackIsRefused
            58 http.MsgpackFuzzTest#bodyIsReadOrRefused
            59 http.MalformedRequestTest#malformedQueriesAreRefused
            """;

    /** Why a row has nothing to attack, and what happens instead. */
    private static final Map<Integer, String> REASONS = Map.of(
            25, "tokens are opaque: a JWT is one that nobody knows, whatever stands in it",
            46, "HTTP/2 is off: its preface is a request of another version, and its upgrade is not taken",
            47, "HTTP/2 is off: no frame of it is ever read, so there is nothing to reset or continue");

    private static final Pattern ROW = Pattern.compile("row(\\d\\d)_\\w+");
    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "FuzzTest");

    private static Class<?> classOf(String name) {
        try {
            return Class.forName("dev.hypercache." + name, false, AttackListTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("there is no test class " + name, e);
        }
    }

    private static boolean isTest(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> TESTS.contains(type.getSimpleName()));
    }

    private static void requireTest(String reference) {
        int hash = reference.indexOf('#');
        String name = reference.substring(hash + 1);
        boolean exists = Arrays.stream(classOf(reference.substring(0, hash)).getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(name) && isTest(method));
        assertThat(exists).as("the test " + reference).isTrue();
    }

    private static Map<Integer, List<String>> tests() {
        Map<Integer, List<String>> tests = new TreeMap<>();
        for (String line : ELSEWHERE.lines().toList()) {
            int blank = line.indexOf(' ');
            tests.computeIfAbsent(Integer.valueOf(line.substring(0, blank)), row -> new ArrayList<>())
                    .add(line.substring(blank + 1));
        }
        for (String theme : THEMES) {
            for (Method method : classOf(theme).getDeclaredMethods()) {
                Matcher row = ROW.matcher(method.getName());
                if (row.matches() && isTest(method)) {
                    tests.computeIfAbsent(Integer.valueOf(row.group(1)), unused -> new ArrayList<>())
                            .add(theme + "#" + method.getName());
                }
            }
        }
        return tests;
    }

    @Test
    void everyRowHasATestOrAReason() {
        Set<Integer> covered = tests().keySet();
        List<Integer> missing = IntStream.rangeClosed(1, ROWS)
                .boxed()
                .filter(row -> !covered.contains(row) && !REASONS.containsKey(row))
                .toList();
        assertThat(missing).as("rows without a test").isEmpty();
        assertThat(covered).allMatch(row -> row >= 1 && row <= ROWS);
    }

    @Test
    void everyTestThatIsNamedExists() {
        tests().values().forEach(references -> references.forEach(AttackListTest::requireTest));
        assertThatThrownBy(() -> requireTest("attack.AttackListTest#nothing")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> requireTest("attack.AttackListTest#tests"))
                .as("a method that is no test")
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> requireTest("attack.NoTest#nothing")).isInstanceOf(AssertionError.class);
    }

    @Test
    void reasonsStandForFewRowsOnly() {
        Set<Integer> untested = REASONS.keySet().stream()
                .filter(row -> !tests().containsKey(row))
                .collect(Collectors.toSet());
        assertThat(untested).containsExactly(47);
    }
}
