package dev.hypercache.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources given as text, so that a rule can be shown a breach without the breach living in the tree. */
final class PlantedClasses {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|enum|record) (\\w+)");

    private PlantedClasses() {}

    /** Compiles the sources, each with a package line and one top-level type first, and imports what came out. */
    static JavaClasses compile(Path directory, String... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        for (String source : sources) {
            units.add(new SourceText(pathOf(source), source));
        }
        Path output = Files.createDirectories(directory);
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(output));
            boolean compiled = compiler.getTask(
                            messages, files, null, List.of("-proc:none", "-XDstringConcat=inline"), null, units)
                    .call();
            if (!compiled) {
                throw new IllegalArgumentException("the planted source does not compile: " + messages);
            }
        }
        return new ClassFileImporter().importPath(output);
    }

    private static String pathOf(String source) {
        return first(PACKAGE, source).replace('.', '/') + "/" + first(TYPE, source) + ".java";
    }

    private static String first(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no match for " + pattern + " in: " + source);
        }
        return matcher.group(1);
    }
}
