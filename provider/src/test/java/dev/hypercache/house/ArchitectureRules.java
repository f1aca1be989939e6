package dev.hypercache.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The architecture as rules over class files. Every rule allows that the packages it speaks of do not exist yet. */
final class ArchitectureRules {

    private static final String BASE = "dev.hypercache";
    private static final String CORE = BASE + ".core..";
    private static final String CODEC = BASE + ".codec";
    private static final String STATIC_STATE_HOLDER = BASE + ".jcache.HyperCachingProvider";

    /** What carries, orders and keeps the bytes of others, and so may not come to what makes objects of them. */
    private static final String[] SERVER_PATH = {
        CORE,
        BASE + ".discovery..",
        BASE + ".http..",
        BASE + ".runtime..",
        BASE + ".storage..",
        BASE + ".topology..",
        BASE + ".transport..",
    };

    /** What the protocol may stand on besides itself and the SPI. */
    private static final String[] CORE_LIBRARIES = {
        "java.lang",
        "java.lang.annotation",
        "java.lang.runtime",
        "java.math",
        "java.nio",
        "java.nio.charset",
        "java.time",
        "java.util",
        "java.util.function",
        "java.util.stream",
        "org.jspecify..",
        "com.dynatrace.hash4j..",
    };

    private static final Set<String> BANNED_IN_CORE = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.TimerTask");

    private static final Set<String> BANNED_CALLS_IN_CORE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getProperty",
            "java.lang.System.getenv",
            "java.lang.Math.random",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll",
            "java.lang.Object.wait",
            "java.util.UUID.randomUUID");

    private ArchitectureRules() {}

    static ArchRule packagesUseOnlyWhatTheTableAllows() {
        return classes()
                .that(resideInAPackage(BASE + ".."))
                .should(keepTo(new PackageEdges()))
                .because("docs/ARCHITECTURE.md draws the edges; a new one is a line in docs/adr/0002-package-edges.md")
                .allowEmptyShould(true);
    }

    static ArchRule packagesAreFreeOfCycles() {
        return slices().matching(BASE + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    static ArchRule coreStandsOnValuesOnly() {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(CORE_LIBRARIES)
                .or(resideInAnyPackage(CORE, BASE + ".spi.."))
                .or(DescribedPredicate.describe("TimeUnit", type -> type.isEquivalentTo(TimeUnit.class)))
                .or(DescribedPredicate.describe(
                        "primitives", type -> type.getBaseComponentType().isPrimitive()));
        DescribedPredicate<JavaClass> banned =
                DescribedPredicate.describe("a source of time, threads or chance", ArchitectureRules::isBannedInCore);
        return noClasses()
                .that(resideInAPackage(CORE))
                .should()
                .dependOnClassesThat(not(allowed).or(banned))
                .because("core has no clock, thread, lock, socket, file, logger or randomness: they come through ports")
                .allowEmptyShould(true);
    }

    static ArchRule coreReadsNoClockAndRollsNoDice() {
        DescribedPredicate<JavaAccess<?>> banned =
                DescribedPredicate.describe("a clock, the environment, chance or a monitor", access -> {
                    String owner = access.getTargetOwner().getFullName();
                    return BANNED_CALLS_IN_CORE.contains(owner + "." + access.getName())
                            || (owner.startsWith("java.time.")
                                    && access.getName().equals("now"));
                });
        return noClasses()
                .that(resideInAPackage(CORE))
                .should()
                .accessTargetWhere(banned)
                .because("the simulator must be able to run core: now and chance are arguments")
                .allowEmptyShould(true);
    }

    static ArchRule oneCodecClassReadsJavaSerialization() {
        return classes()
                .that(resideInAPackage(BASE + ".."))
                .should(leaveObjectInputStreamToOneCodec())
                .because("each further reader would be a further place to filter classes")
                .allowEmptyShould(true);
    }

    static ArchRule serverPathReachesNoCodec() {
        return noClasses()
                .that(resideInAnyPackage(SERVER_PATH))
                .should()
                .transitivelyDependOnClassesThat(resideInAnyPackage(CODEC + "..", BASE + ".spi.codec.."))
                .because(
                        "nodes keep bytes and never decode them, so that bytes of others run nothing there (SECURITY R1)")
                .allowEmptyShould(true);
    }

    static ArchRule staticStateLivesInTheProviderOnly() {
        return classes()
                .that(resideInAPackage(BASE + "..").and(not(isNamed(STATIC_STATE_HOLDER))))
                .should(haveNoStaticState())
                .because("JSR-107 makes the provider itself close to static; everything else belongs to a node")
                .allowEmptyShould(true);
    }

    static ArchRule spiHasNoDependency() {
        return noClasses()
                .that(resideInAPackage(BASE + ".spi.."))
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage("java..", "javax.net.ssl..", "org.jspecify..", BASE + ".spi..")
                                .or(isPrimitive())))
                .because("a third party compiles against the SPI and must not inherit our libraries")
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> keepTo(PackageEdges edges) {
        return new ArchCondition<>("use only the packages that its row allows") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String from = relative(origin);
                if (edges.rowOf(from).isEmpty()) {
                    events.add(violated(origin, origin.getName() + " lives in a package without a row"));
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !edges.allows(from, relative(target))) {
                        events.add(violated(origin, from + " may not use " + relative(target) + ": " + dependency));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> leaveObjectInputStreamToOneCodec() {
        return new ArchCondition<>("leave ObjectInputStream to one class of codec") {
            private final Set<String> readers = new TreeSet<>();

            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                boolean reads = origin.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> dependency.getTargetClass().isEquivalentTo(ObjectInputStream.class));
                if (!reads) {
                    return;
                }
                readers.add(outermost(origin).getName());
                if (!origin.getPackageName().equals(CODEC) || readers.size() > 1) {
                    events.add(violated(origin, origin.getName() + " uses ObjectInputStream; readers: " + readers));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveNoStaticState() {
        return new ArchCondition<>("have no static state that changes") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (JavaField field : origin.getFields()) {
                    Set<JavaModifier> modifiers = field.getModifiers();
                    boolean ownStatic =
                            modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.SYNTHETIC);
                    if (ownStatic && changes(field)) {
                        events.add(violated(origin, field.getFullName() + " is static and can change"));
                    }
                }
            }
        };
    }

    private static boolean changes(JavaField field) {
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return true;
        }
        // The declared type of an unmodifiable collection is an interface; these types exist to be changed.
        JavaClass type = field.getRawType();
        boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
        return (collection && !type.isInterface())
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(LongAdder.class)
                || type.getPackageName().equals("java.util.concurrent.atomic");
    }

    private static boolean isBannedInCore(JavaClass type) {
        return BANNED_IN_CORE.contains(type.getFullName());
    }

    private static DescribedPredicate<JavaClass> isNamed(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }

    private static DescribedPredicate<JavaClass> isPrimitive() {
        return DescribedPredicate.describe(
                "primitives", type -> type.getBaseComponentType().isPrimitive());
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(BASE + ".");
    }

    private static String relative(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(BASE + ".") ? name.substring(BASE.length() + 1) : name;
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static ConditionEvent violated(JavaClass origin, String message) {
        return SimpleConditionEvent.violated(origin, message);
    }
}
