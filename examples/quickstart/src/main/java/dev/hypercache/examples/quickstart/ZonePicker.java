package dev.hypercache.examples.quickstart;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.TimeZoneFormat;
import com.ibm.icu.text.TimeZoneFormat.Style;
import com.ibm.icu.text.Transliterator;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZone.SystemTimeZoneType;
import com.ibm.icu.util.ULocale;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The time-zone picker of a settings page: every zone of the world in the visitor's language and in that language's
 * order, together with the plain Latin letters by which a visitor may search for it.
 *
 * <p>Names, sorting rules and transcriptions are the Unicode CLDR and IANA time-zone data that ICU4J ships. One picker
 * costs some ten milliseconds: 418 zones are named, formatted, transcribed and sorted.
 *
 * @param language the language tag, such as {@code is} or {@code zh-Hant}
 * @param labels one line for each zone, such as {@code Frakkland: Staðaltími í Mið-Evrópu (GMT+01:00)}, sorted
 * @param searchKeys the same lines in Latin letters without accents, in the same order
 */
record ZonePicker(String language, List<String> labels, List<String> searchKeys) implements Serializable {
    /** The instant whose clock offsets are shown; a constant, so that every run prints the same. */
    private static final long NEW_YEAR_2025_MILLIS = 1_735_689_600_000L;

    private static final Transliterator TO_PLAIN_LATIN = Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

    static ZonePicker compute(String language) {
        ULocale locale = ULocale.forLanguageTag(language);
        TimeZoneFormat format = TimeZoneFormat.getInstance(locale);
        TreeMap<String, String> keyByLabel = new TreeMap<>(Collator.getInstance(locale));
        for (String id : zones()) {
            String label = label(format, TimeZone.getTimeZone(id));
            keyByLabel.put(label, TO_PLAIN_LATIN.transliterate(label));
        }
        return new ZonePicker(language, new ArrayList<>(keyByLabel.keySet()), new ArrayList<>(keyByLabel.values()));
    }

    static Set<String> zones() {
        return TimeZone.getAvailableIDs(SystemTimeZoneType.CANONICAL_LOCATION, null, null);
    }

    private static String label(TimeZoneFormat format, TimeZone zone) {
        String place = format.format(Style.GENERIC_LOCATION, zone, NEW_YEAR_2025_MILLIS);
        String name = format.format(Style.SPECIFIC_LONG, zone, NEW_YEAR_2025_MILLIS);
        String offset = format.format(Style.LOCALIZED_GMT, zone, NEW_YEAR_2025_MILLIS);
        return place + ": " + name + " (" + offset + ")";
    }
}
