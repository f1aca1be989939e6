package dev.hypercache.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaches that stand for a reason: lines of {@code rule place: reason}; {@code #} opens a comment line. */
final class AllowList {

    private static final Pattern ENTRY = Pattern.compile("(\\S+) (\\S+): (\\S.*)");

    private final Map<String, String> reasonByEntry = new LinkedHashMap<>();

    private AllowList() {}

    static AllowList parse(String text) {
        AllowList list = new AllowList();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                throw new IllegalArgumentException("not of the form 'rule place: reason': " + line);
            }
            list.reasonByEntry.put(entry.group(1) + " " + entry.group(2), entry.group(3));
        }
        return list;
    }

    /** What is left to mend: breaches that no entry allows, and entries that allow nothing any more. */
    List<String> complaints(List<Breach> breaches) {
        List<String> complaints = new ArrayList<>();
        Map<String, String> unused = new LinkedHashMap<>(reasonByEntry);
        for (Breach breach : breaches) {
            String entry = breach.rule() + " " + breach.place();
            unused.remove(entry);
            if (!reasonByEntry.containsKey(entry)) {
                complaints.add(breach.toString());
            }
        }
        unused.forEach((entry, reason) -> complaints.add("stale entry of the allow-list: " + entry + ": " + reason));
        return complaints;
    }
}
