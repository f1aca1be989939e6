package dev.hypercache.codec;

import dev.hypercache.config.ClassPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which classes may be encoded and decoded by name (SECURITY R1).
 *
 * <p>Embedded, every class may: no byte leaves the process. On a ring only what is listed: the data classes of the JDK, the
 * framework classes HyperCache knows, the types the cache was configured with, and the {@link ClassPattern}s of {@value
 * #SETTING}. Immutable.
 */
public final class ClassFilter {
    /** The setting that widens the list. */
    public static final String SETTING = "hypercache.codec.java.allow";

    private static final ClassFilter ALL = new ClassFilter(true, Set.of(), Set.of(), List.of(), "", "");

    /** A longer list is not repeated in messages. */
    private static final int LINE_CHARS_MAX = 500;

    private final boolean all;
    private final Set<String> names;
    private final Set<String> packages;
    private final List<String> prefixes;
    private final String configured;
    private final String declared;

    private ClassFilter(
            boolean all,
            Set<String> names,
            Set<String> packages,
            List<String> prefixes,
            String configured,
            String declared) {
        this.all = all;
        this.names = names;
        this.packages = packages;
        this.prefixes = prefixes;
        this.configured = configured;
        this.declared = declared;
    }

    /** Admits every class. */
    public static ClassFilter all() {
        return ALL;
    }

    /**
     * Admits the data classes of the JDK, the framework classes HyperCache knows, and what matches a pattern.
     *
     * @throws IllegalArgumentException for what is no {@link ClassPattern}
     */
    public static ClassFilter of(Collection<String> patterns) {
        Set<String> names = new HashSet<>(Jdk.CLASSES);
        names.addAll(FrameworkTypes.SERIALIZABLE);
        Set<String> packages = new HashSet<>(Jdk.PACKAGES);
        List<String> prefixes = new ArrayList<>();
        for (String text : patterns) {
            ClassPattern pattern = ClassPattern.of(text);
            switch (pattern.kind()) {
                case CLASS -> names.add(pattern.stem());
                case PACKAGE -> packages.add(pattern.stem());
                case SUBPACKAGES -> prefixes.add(pattern.stem() + ".");
                case PRESET -> names.addAll(AllowPresets.classesOf(pattern.stem()));
            }
        }
        return new ClassFilter(
                false, Set.copyOf(names), Set.copyOf(packages), List.copyOf(prefixes), String.join(",", patterns), "");
    }

    /** Whether every class passes, because no byte comes from another process. */
    boolean isOpen() {
        return all;
    }

    /** This filter and one class more, such as the type a cache was given with {@code setTypes}. */
    public ClassFilter and(Class<?> type) {
        return admits(type) ? this : new ClassFilter(false, names, packages, prefixes, configured, type.getName());
    }

    /** Whether a class may pass; an array passes if what it holds does. */
    public boolean admits(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive() || admits(element.getName());
    }

    private boolean admits(String name) {
        if (all || names.contains(name) || name.equals(declared)) {
            return true;
        }
        int dot = name.lastIndexOf('.');
        if (dot >= 0 && packages.contains(name.substring(0, dot))) {
            return true;
        }
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Says what was refused and which line allows it: one that keeps what is allowed already. */
    String refusal(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        String name = element.getName();
        boolean repeats = !configured.isEmpty() && configured.length() <= LINE_CHARS_MAX;
        return name + " may not be encoded or decoded on a ring. Allow it with " + SETTING + "="
                + (repeats ? configured + "," : "") + name
                + (repeats || configured.isEmpty() ? "" : " in addition to what is allowed")
                + ", or name it in setTypes";
    }

    /** The data classes of the JDK. Apart, so that an embedded manager does not build the list. */
    private static final class Jdk {
        static final List<String> PACKAGES = List.of("java.time", "java.math");
        static final Set<String> CLASSES = Set.of(
                "java.lang.Object",
                "java.lang.Number",
                "java.lang.Enum",
                "java.lang.Record",
                "java.lang.String",
                "java.lang.Boolean",
                "java.lang.Byte",
                "java.lang.Short",
                "java.lang.Character",
                "java.lang.Integer",
                "java.lang.Long",
                "java.lang.Float",
                "java.lang.Double",
                "java.net.URI",
                "java.sql.Date",
                "java.sql.Time",
                "java.sql.Timestamp",
                "java.util.AbstractCollection",
                "java.util.AbstractList",
                "java.util.AbstractMap",
                "java.util.AbstractSequentialList",
                "java.util.AbstractSet",
                "java.util.ArrayDeque",
                "java.util.ArrayList",
                "java.util.Arrays$ArrayList",
                "java.util.BitSet",
                "java.util.CollSer",
                "java.util.Collections$EmptyList",
                "java.util.Collections$EmptyMap",
                "java.util.Collections$EmptySet",
                "java.util.Collections$ReverseComparator",
                "java.util.Collections$SingletonList",
                "java.util.Collections$SingletonMap",
                "java.util.Collections$SingletonSet",
                "java.util.Collections$UnmodifiableCollection",
                "java.util.Collections$UnmodifiableList",
                "java.util.Collections$UnmodifiableMap",
                "java.util.Collections$UnmodifiableRandomAccessList",
                "java.util.Collections$UnmodifiableSet",
                "java.util.Collections$UnmodifiableSortedMap",
                "java.util.Collections$UnmodifiableSortedSet",
                "java.util.Currency",
                "java.util.Date",
                "java.util.EnumMap",
                "java.util.EnumSet$SerializationProxy",
                "java.util.HashMap",
                "java.util.HashSet",
                "java.util.LinkedHashMap",
                "java.util.LinkedHashSet",
                "java.util.LinkedList",
                "java.util.Locale",
                "java.util.Map$Entry",
                "java.util.TreeMap",
                "java.util.TreeSet",
                "java.util.UUID",
                "java.util.Vector",
                "java.util.concurrent.ConcurrentHashMap",
                "java.lang.String$CaseInsensitiveComparator");
    }
}
