package dev.hypercache.house;

import dev.hypercache.house.JavaShapes.Annotation;
import dev.hypercache.house.JavaShapes.Call;
import dev.hypercache.house.JavaShapes.Method;
import dev.hypercache.house.JavaShapes.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The house rules of {@code docs/STYLE.md} as far as a reader of sources can check them. */
final class HouseRules {

    static final int FILE_LINES_MAX = 300;
    static final int METHOD_LINES_MAX = 70;
    static final int PARAMETERS_MAX = 6;
    static final int NESTING_MAX = 3;

    private static final Pattern VAGUE_TYPE = Pattern.compile("(Utils?|Helpers?)(?![a-z])|Impl$");
    private static final Pattern VAGUE_PACKAGE = Pattern.compile("/(common|utils?|helpers?|misc)/");
    private static final Pattern OPEN_END = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|X" + "XX)\\b(?! #\\d)");
    private static final Pattern AUTHOR_TAG = Pattern.compile("^\\s*\\*?\\s*@" + "author\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.})\\]/-])/(?:root|home|work|Users)/|\\b[A-Z]:\\\\+Users\\\\");
    private static final Pattern SLEEP = Pattern.compile("(^|\\.)(sleep|parkNanos|parkUntil)$");
    private static final Set<String> SWITCHED_OFF = Set.of("Disabled", "Ignore");

    private final SourceTree tree;
    private final List<Breach> breaches = new ArrayList<>();

    private HouseRules(SourceTree tree) {
        this.tree = tree;
    }

    /** Checks a tree and lists the breaches in the order of rules and files. */
    static List<Breach> check(SourceTree tree) {
        HouseRules rules = new HouseRules(tree);
        rules.checkMainShapes();
        rules.checkTestShapes();
        rules.checkNames();
        rules.checkPackageInfos();
        rules.checkSplitPackages();
        rules.checkText();
        return rules.breaches;
    }

    private void checkMainShapes() {
        JavaShapes.of(tree, tree.mainJava()).forEach((path, shape) -> {
            long lines = tree.text(path).lines().count();
            if (lines > FILE_LINES_MAX) {
                report("file-lines", path, 1, lines + " lines, at most " + FILE_LINES_MAX + ": a noun is missing");
            }
            for (Method method : shape.methods()) {
                checkMethod(path, method);
            }
            if (path.contains("/dev/hypercache/core/")) {
                shape.monitors()
                        .forEach(line -> report("core-monitor", path, line, "core takes no lock: the runtime does"));
            }
        });
    }

    private void checkMethod(String path, Method method) {
        String place = path + "#" + method.name();
        if (method.lines() > METHOD_LINES_MAX) {
            report("method-lines", place, method.line(), method.lines() + " lines, at most " + METHOD_LINES_MAX);
        }
        if (method.parameters() > PARAMETERS_MAX) {
            String what = method.parameters() + " parameters, at most " + PARAMETERS_MAX + ": make a record of them";
            report("parameters", place, method.line(), what);
        }
        if (method.nesting() > NESTING_MAX) {
            String what = "control statements " + method.nesting() + " deep, at most " + NESTING_MAX;
            report("nesting", place, method.line(), what);
        }
    }

    private void checkTestShapes() {
        Map<String, Shape> shapes = JavaShapes.of(tree, tree.testJava());
        shapes.forEach((path, shape) -> {
            for (Call call : shape.calls()) {
                if (SLEEP.matcher(call.expression()).find()) {
                    report("sleep", path, call.line(), "wait for the state with a latch or Awaitility, not for time");
                }
            }
            for (Annotation annotation : shape.annotations()) {
                if (SWITCHED_OFF.contains(simpleName(annotation.name()))) {
                    report("switched-off", path, annotation.line(), "mend the test or delete it");
                }
            }
        });
    }

    private void checkNames() {
        for (String path : tree.paths(path -> path.endsWith(".java"))) {
            String type = simpleTypeName(path);
            if (VAGUE_TYPE.matcher(type).find()) {
                report("vague-name", path, 1, "name the type after what it is, not Util, Helper or Impl");
            }
            if (VAGUE_PACKAGE.matcher(path).find()) {
                report("vague-name", path, 1, "a package is a noun; common, util, helper and misc are none");
            }
        }
    }

    private void checkPackageInfos() {
        Set<String> mainPackages = new HashSet<>();
        for (String path : tree.mainJava()) {
            mainPackages.add(directory(path));
        }
        Set<String> wanted = new TreeSet<>(mainPackages);
        for (String path : tree.testJava()) {
            if (!mainPackages.contains(directory(path).replace("src/test/java", "src/main/java"))) {
                wanted.add(directory(path));
            }
        }
        Set<String> existing = Set.copyOf(tree.paths(path -> path.endsWith("/package-info.java")));
        for (String directory : wanted) {
            String info = directory + "/package-info.java";
            if (!existing.contains(info)) {
                report("package-info", directory, 1, "say in package-info.java what the package is");
            } else if (!tree.text(info).contains("@NullMarked\npackage ")) {
                report("package-info", info, 1, "mark the package with @NullMarked");
            } else if (!tree.text(info).startsWith("/**")) {
                report("package-info", info, 1, "say what the package is, what it may not know, who calls it");
            }
        }
    }

    private void checkSplitPackages() {
        Map<String, String> sourceRootByPackage = new HashMap<>();
        for (String path : tree.mainJava()) {
            int split = path.indexOf("src/main/java/") + "src/main/java/".length();
            String owner = path.substring(0, split);
            String packageName = directory(path.substring(split));
            String other = sourceRootByPackage.putIfAbsent(packageName, owner);
            if (other != null && !other.equals(owner)) {
                report("split-package", path, 1, "the package also lives in " + other);
            }
        }
    }

    private void checkText() {
        for (String path : tree.paths()) {
            int number = 0;
            for (String line : tree.text(path).lines().toList()) {
                number++;
                checkLine(path, number, line);
            }
        }
    }

    private void checkLine(String path, int number, String line) {
        Matcher openEnd = OPEN_END.matcher(line);
        if (openEnd.find() && !path.endsWith(".md")) {
            report("open-end", path, number, openEnd.group(1) + " needs the number of an issue behind it, as in #12");
        }
        if (path.endsWith(".java") && AUTHOR_TAG.matcher(line).find()) {
            report("author-tag", path, number, "the history names the authors");
        }
        if (MACHINE_PATH.matcher(line).find()) {
            report("machine-path", path, number, "a path of one machine; make it relative or configurable");
        }
    }

    private void report(String rule, String place, long line, String what) {
        breaches.add(new Breach(rule, place, line, what));
    }

    private static String directory(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String simpleTypeName(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
