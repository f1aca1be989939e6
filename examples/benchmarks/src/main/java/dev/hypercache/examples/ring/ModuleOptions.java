package dev.hypercache.examples.ring;

import java.util.ArrayList;
import java.util.List;

/** What the manuals of the other grids say a JVM of theirs has to be started with. */
final class ModuleOptions {

    private static final List<String> HAZELCAST = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private static final List<String> IGNITE_PACKAGES = List.of(
            "java.base/jdk.internal.access",
            "java.base/jdk.internal.misc",
            "java.base/sun.nio.ch",
            "java.base/sun.util.calendar",
            "java.management/com.sun.jmx.mbeanserver",
            "jdk.internal.jvmstat/sun.jvmstat.monitor",
            "java.base/sun.reflect.generics.reflectiveObjects",
            "jdk.management/com.sun.management.internal",
            "java.base/java.io",
            "java.base/java.nio",
            "java.base/java.net",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.locks",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.math",
            "java.base/java.time",
            "java.base/java.text",
            "java.sql/java.sql",
            "java.management/sun.management");

    private static final List<String> IGNITE_QUIET = List.of(
            "-Djava.net.preferIPv4Stack=true",
            "-DIGNITE_QUIET=true",
            "-DIGNITE_NO_ASCII=true",
            "-DIGNITE_UPDATE_NOTIFIER=false",
            "-DIGNITE_PERFORMANCE_SUGGESTIONS_DISABLED=true");

    private ModuleOptions() {}

    static List<String> of(Contender contender) {
        return switch (contender) {
            case HAZELCAST, HAZELCAST_CLIENT -> HAZELCAST;
            case IGNITE -> ignite();
            default -> List.of();
        };
    }

    private static List<String> ignite() {
        List<String> options = new ArrayList<>(IGNITE_QUIET);
        IGNITE_PACKAGES.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
        return options;
    }
}
