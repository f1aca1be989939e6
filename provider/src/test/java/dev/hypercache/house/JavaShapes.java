package dev.hypercache.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** What the JDK's own parser says about the shape of sources; nothing is compiled. */
final class JavaShapes {

    private JavaShapes() {}

    /**
     * One method, constructor or initializer with a body.
     *
     * @param name the source's name; the type's simple name for a constructor
     * @param line first line, annotations included
     * @param lines number of lines from the first to the closing brace
     * @param parameters number of parameters
     * @param nesting how deep control statements stand in each other
     */
    record Method(String name, long line, long lines, int parameters, int nesting) {}

    /**
     * A call by name.
     *
     * @param expression what stands before the brackets, as written
     * @param line its line
     */
    record Call(String expression, long line) {}

    /**
     * An annotation in use.
     *
     * @param name as written
     * @param line its line
     */
    record Annotation(String name, long line) {}

    /**
     * What one file holds.
     *
     * @param monitors lines of synchronized blocks and methods
     */
    record Shape(List<Method> methods, List<Call> calls, List<Annotation> annotations, List<Long> monitors) {}

    /** Parses the files of a tree, which is given by path. */
    static Map<String, Shape> of(SourceTree tree, List<String> paths) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        for (String path : paths) {
            units.add(new SourceText(path, tree.text(path)));
        }
        Map<String, Shape> shapes = new TreeMap<>();
        if (units.isEmpty()) {
            return shapes;
        }
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, units);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                ShapeScanner scanner = new ShapeScanner(unit, positions);
                scanner.scan(unit, null);
                shapes.put(SourceText.pathOf(unit.getSourceFile()), scanner.shape);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shapes;
    }

    private static final class ShapeScanner extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap lines;
        private final Shape shape =
                new Shape(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        private ShapeScanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.lines = unit.getLineMap();
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            if (method.getBody() != null) {
                String name = method.getName().contentEquals("<init>")
                        ? typeAround().toString()
                        : method.getName().toString();
                add(name, method, method.getBody(), method.getParameters().size());
            }
            if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
                shape.monitors().add(startLine(method));
            }
            return super.visitMethod(method, unused);
        }

        @Override
        public Void visitBlock(BlockTree block, Void unused) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean initializer = parent instanceof ClassTree;
            if (initializer) {
                add(block.isStatic() ? "static" : "init", block, block, 0);
            }
            return super.visitBlock(block, unused);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            shape.calls().add(new Call(call.getMethodSelect().toString(), startLine(call)));
            return super.visitMethodInvocation(call, unused);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void unused) {
            shape.annotations()
                    .add(new Annotation(annotation.getAnnotationType().toString(), startLine(annotation)));
            return super.visitAnnotation(annotation, unused);
        }

        @Override
        public Void visitSynchronized(SynchronizedTree monitor, Void unused) {
            shape.monitors().add(startLine(monitor));
            return super.visitSynchronized(monitor, unused);
        }

        private void add(String name, Tree whole, BlockTree body, int parameters) {
            long first = startLine(whole);
            long last = lines.getLineNumber(positions.getEndPosition(unit, whole));
            shape.methods().add(new Method(name, first, last - first + 1, parameters, new NestingScanner().of(body)));
        }

        private Object typeAround() {
            return ((ClassTree) getCurrentPath().getParentPath().getLeaf()).getSimpleName();
        }

        private long startLine(Tree tree) {
            return lines.getLineNumber(positions.getStartPosition(unit, tree));
        }
    }
}
