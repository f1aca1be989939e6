package dev.hypercache.house;

import java.net.URI;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** A Java source held in memory, known to the compiler by its path. */
final class SourceText extends SimpleJavaFileObject {

    private final String text;

    SourceText(String path, String text) {
        super(URI.create("string:///" + path), Kind.SOURCE);
        this.text = text;
    }

    /** The path of a source that the compiler hands back, in a wrapper of its own. */
    static String pathOf(JavaFileObject source) {
        return source.toUri().getPath().substring(1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
