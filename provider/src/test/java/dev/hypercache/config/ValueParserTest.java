package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ValueType.Form;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueParserTest {
    private static final ValueType DURATION = ValueType.duration(10, ValueType.DAY);
    private static final ValueType BYTES = ValueType.bytes(0, Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({"10ms,10", "1d,86400000", "24h,86400000", "1440m,86400000", "5s,5000", "PT0.01S,10", "PT24H,86400000"})
    void durationsWithinTheBoundsAreTaken(String text, long millis) {
        assertThat(ValueParser.parse(DURATION, text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9ms",
                "2d",
                "86400001ms",
                "5",
                "s",
                "5 s",
                "5S",
                "-5s",
                "5.5s",
                "PT",
                "PT0.009S",
                "-PT5S",
                "P9999999999999D",
                "99999999999999999999s",
                "999999999999999999d",
                "5µs",
                "١s"
            })
    void otherDurationsAreRefused(String text) {
        assertThat(ValueParser.parse(DURATION, text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1024,1024", "7B,7", "64KB,65536", "64MB,67108864", "1GB,1073741824", "1TB,1099511627776"})
    void sizesAreTaken(String text, long bytes) {
        assertThat(ValueParser.parse(BYTES, text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "1mb", "1 MB", "1.5GB", "-1", "9999999999TB", "0x10", "1e3", "1_000"})
    void otherSizesAreRefused(String text) {
        assertThat(ValueParser.parse(BYTES, text)).isNull();
    }

    @Test
    void ratesNeedTheirUnit() {
        ValueType rate = ValueType.rate(1, 1 << 20);

        assertThat(ValueParser.parse(rate, "1MB/s")).isEqualTo(1L << 20);
        assertThat(ValueParser.parse(rate, "1MB")).isNull();
        assertThat(ValueParser.parse(rate, "2MB/s")).isNull();
        assertThat(ValueParser.parse(rate, "/s")).isNull();
    }

    @Test
    void numbersKeepTheirBoundsOnBothSides() {
        ValueType type = ValueType.number(1, 7);

        assertThat(ValueParser.parse(type, "0")).isNull();
        assertThat(ValueParser.parse(type, "1")).isEqualTo(1L);
        assertThat(ValueParser.parse(type, "7")).isEqualTo(7L);
        assertThat(ValueParser.parse(type, "8")).isNull();
        assertThat(ValueParser.parse(type, "+1")).isNull();
    }

    @Test
    void powersOfTwoAreExact() {
        ValueType type = ValueType.powerOfTwo(16, 4096);

        assertThat(ValueParser.parse(type, "16")).isEqualTo(16L);
        assertThat(ValueParser.parse(type, "4096")).isEqualTo(4096L);
        assertThat(ValueParser.parse(type, "1000")).isNull();
        assertThat(ValueParser.parse(type, "8")).isNull();
        assertThat(ValueParser.parse(type, "8192")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                ":1",
                "a:",
                "a:x",
                "a:65536",
                "a:-1",
                "a b:1",
                "::1:7400",
                "[host]:1",
                "[]:1",
                "a/b:1"
            })
    void brokenAddressesAreRefused(String text) {
        assertThat(ValueParser.parse(ValueType.address(0), text)).isNull();
    }

    @Test
    void portZeroIsLegalWhereTheSystemMayChoose() {
        assertThat(ValueParser.parse(ValueType.address(0), "h:0")).isEqualTo(new HostPort("h", 0));
        assertThat(ValueParser.parse(ValueType.address(1), "h:0")).isNull();
        assertThat(new HostPort("::1", 65_535)).hasToString("[::1]:65535");
        assertThat(new HostPort("h", 1)).hasToString("h:1");
    }

    @Test
    void listsHaveNoEmptyElements() {
        ValueType type = ValueType.of(Form.LIST);

        assertThat(ValueParser.parse(type, " a , b ")).isEqualTo(List.of("a", "b"));
        assertThat(ValueParser.parse(type, "a,,b")).isNull();
        assertThat(ValueParser.parse(type, "a,")).isNull();
        assertThat(ValueParser.parse(type, ",".repeat(20_000))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "dns:", "dns:name", "file:", "h:0", "a:1,b"})
    void brokenSeedsAreRefused(String text) {
        assertThat(ValueParser.parse(ValueType.of(Form.SEEDS), text)).isNull();
    }

    @Test
    void namesKeepWhatJmxAndCertificatesCanCarry() {
        ValueType type = ValueType.of(Form.NAME);

        assertThat(ValueParser.parse(type, "a".repeat(128))).isNotNull();
        assertThat(ValueParser.parse(type, "a".repeat(129))).isNull();
        assertThat(ValueParser.parse(type, "a:b")).isNull();
        assertThat(ValueParser.parse(type, "a b")).isNull();
        assertThat(ValueParser.parse(type, "ä")).isNull();
    }

    @ParameterizedTest
    @EnumSource(ExpirySetting.Policy.class)
    void eachExpiryPolicyIsTaken(ExpirySetting.Policy policy) {
        boolean eternal = policy == ExpirySetting.Policy.ETERNAL;
        String text = policy.name().toLowerCase(Locale.ROOT) + (eternal ? "" : ":1ms");

        assertThat(ValueParser.parse(ValueType.of(Form.EXPIRY), text))
                .isEqualTo(new ExpirySetting(policy, eternal ? Duration.ZERO : Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eternal:5m", "created", "created:", "created:0ms", "sometimes:5m", "5m", "touched:36501d"})
    void otherExpiriesAreRefused(String text) {
        assertThat(ValueParser.parse(ValueType.of(Form.EXPIRY), text)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void eachDefaultAndExampleIsLegal(Setting setting) {
        String text = setting.defaultText();

        assertThat(text == null || ValueParser.parse(setting.type(), text) != null)
                .isTrue();
        assertThat(ValueParser.parse(setting.type(), ValueNotation.example(setting.type())))
                .isNotNull();
        assertThat(ValueNotation.rule(setting.type())).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void eachBoundIsLegalAndBeyondItNothingIs(Setting setting) {
        ValueType type = setting.type();
        switch (type.form()) {
            case NUMBER, DURATION, BYTES, RATE -> {
                String unit = type.form() == Form.DURATION ? "ms" : type.form() == Form.RATE ? "/s" : "";
                assertThat(ValueParser.parse(type, type.min() + unit)).isNotNull();
                assertThat(ValueParser.parse(type, type.max() + unit)).isNotNull();
                assertThat(ValueParser.parse(type, (type.min() - 1) + unit)).isNull();
                assertThat(ValueParser.parse(type, (type.max() + 1) + unit)).isNull();
            }
            default ->
                assertThat(ValueParser.parse(type, "\u0000,"))
                        .satisfiesAnyOf(
                                value -> assertThat(value).isNull(),
                                value -> assertThat(type.form()).isIn(Form.LOCATION, Form.SECRET));
        }
    }
}
