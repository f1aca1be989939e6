package dev.hypercache.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold between settings; judged only on settings whose own values are legal. */
final class SettingRules {
    private final Draft draft;

    private SettingRules(Draft draft) {
        this.draft = draft;
    }

    static void check(Draft draft) {
        new SettingRules(draft).check();
    }

    private void check() {
        checkRole();
        checkBootstrap();
        checkReplication();
        checkKeyPair();
        checkAllowedClasses();
    }

    private void checkRole() {
        boolean judgeable = legal(Setting.MODE) && legal(Setting.BIND) && legal(Setting.SEEDS);
        boolean client = isClient();
        if (judgeable && client && draft.given(Setting.SEEDS) == null) {
            String rule = "a client needs the addresses of its ring";
            problem(Setting.MODE, rule, "Set " + Setting.SEEDS.key() + ", or mode member.");
        }
        if (judgeable && !client && draft.given(Setting.SEEDS) != null && draft.given(Setting.BIND) == null) {
            String rule = "seeds are for members and clients, and this node is neither";
            String remedy = "Set " + Setting.BIND.key() + " for a member or " + Setting.MODE.key()
                    + "=client, or remove the seeds for an embedded node.";
            problem(Setting.SEEDS, rule, remedy);
        }
    }

    private void checkBootstrap() {
        boolean judgeable = legal(Setting.MODE) && legal(Setting.SEEDS) && legal(Setting.BOOTSTRAP_EXPECT);
        Draft.Given seeds = draft.given(Setting.SEEDS);
        if (!judgeable || seeds == null || isClient() || draft.given(Setting.BOOTSTRAP_EXPECT) != null) {
            return;
        }
        for (Object seed : (List<?>) seeds.value()) {
            String text = (String) seed;
            if (text.startsWith("dns:") || text.startsWith("file:")) {
                String rule = "the number of founders cannot be read from dns: and file: seeds";
                problem(Setting.SEEDS, rule, "Set " + Setting.BOOTSTRAP_EXPECT.key() + ".");
                return;
            }
        }
    }

    private void checkReplication() {
        if (!legal(Setting.REPLICATION_MIN) || !legal(Setting.REPLICATION_FACTOR)) {
            return;
        }
        long min = number(Setting.REPLICATION_MIN);
        long factor = number(Setting.REPLICATION_FACTOR);
        if (min > factor) {
            String rule = "must not exceed " + Setting.REPLICATION_FACTOR.key() + ", which is " + factor;
            Setting culprit =
                    draft.given(Setting.REPLICATION_MIN) != null ? Setting.REPLICATION_MIN : Setting.REPLICATION_FACTOR;
            problem(culprit, rule, "Lower the one or raise the other.");
        }
    }

    private void checkKeyPair() {
        Setting cert = Setting.TLS_CERT;
        Setting key = Setting.TLS_KEY;
        if (legal(cert) && legal(key) && (draft.given(cert) == null) != (draft.given(key) == null)) {
            Setting present = draft.given(cert) != null ? cert : key;
            Setting absent = present == cert ? key : cert;
            problem(present, "certificate and private key go together", "Set " + absent.key() + " too.");
        }
    }

    private void checkAllowedClasses() {
        Setting allow = Setting.CODEC_JAVA_ALLOW;
        Draft.Given given = draft.given(allow);
        if (given == null || !legal(allow)) {
            return;
        }
        for (Object pattern : (List<?>) given.value()) {
            ClassPattern.Fault fault = ClassPattern.faultOf((String) pattern);
            if (fault != null) {
                problem(allow, fault.rule(), fault.remedy());
            } else if (ClassPattern.of((String) pattern).isBroad()) {
                draft.warn(allow.key() + " (" + given.origin().text() + ") has '" + pattern
                        + "', which admits every library"
                        + " below that name: there may be classes among them that run what they are told to when bytes of"
                        + " another process are deserialized. Name the packages of your values instead.");
            }
        }
    }

    private boolean legal(Setting setting) {
        return !draft.isWrong(setting);
    }

    private boolean isClient() {
        Draft.Given mode = draft.given(Setting.MODE);
        return mode != null && mode.value().equals("client");
    }

    private long number(Setting setting) {
        Draft.Given given = draft.given(setting);
        @Nullable String defaultText = setting.defaultText();
        return given != null ? (Long) given.value() : Long.parseLong(String.valueOf(defaultText));
    }

    private void problem(Setting setting, String rule, String remedy) {
        Draft.Given given = draft.given(setting);
        String source = given == null ? "default" : given.origin().text();
        String value = given == null || setting.isSecret() ? null : String.valueOf(given.value());
        draft.add(new Problem(source, setting.key(), value, rule, remedy));
    }
}
