package dev.hypercache.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the relative links of Markdown documents: the file must exist inside the repository, and so must the heading
 * that an anchor names. Links to other sites are not followed, for a build must not depend on them.
 */
final class MarkdownLinks {

    private static final Pattern INLINE =
            Pattern.compile("\\[[^\\]]*\\]\\(\\s*<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\s*\\)");
    private static final Pattern DEFINITION = Pattern.compile("^ {0,3}\\[[^\\]]+\\]:\\s*<?(\\S+?)>?(?:\\s.*)?$");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//).*");
    private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}\\s+(.*?)\\s*#*\\s*$");
    private static final Pattern NAMED_ANCHOR = Pattern.compile("<a\\s+(?:id|name)=\"([^\"]+)\"");
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(```|~~~).*");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");
    private static final Pattern LINK_IN_HEADING = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");

    private final SourceTree tree;
    private final List<Breach> breaches = new ArrayList<>();

    private MarkdownLinks(SourceTree tree) {
        this.tree = tree;
    }

    /** The links of all documents of the tree that lead nowhere. */
    static List<Breach> broken(SourceTree tree) {
        MarkdownLinks links = new MarkdownLinks(tree);
        tree.markdown().forEach(links::checkDocument);
        return links.breaches;
    }

    private void checkDocument(String document) {
        List<String> lines = withoutFencedCode(tree.text(document));
        for (int i = 0; i < lines.size(); i++) {
            String line = CODE_SPAN.matcher(lines.get(i)).replaceAll("code");
            Matcher inline = INLINE.matcher(line);
            while (inline.find()) {
                checkLink(document, i + 1, inline.group(1));
            }
            Matcher definition = DEFINITION.matcher(line);
            if (definition.matches()) {
                checkLink(document, i + 1, definition.group(1));
            }
        }
    }

    private void checkLink(String document, int line, String link) {
        if (ELSEWHERE.matcher(link).matches()) {
            return;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path root = tree.root().toAbsolutePath().normalize();
        Path from = root.resolve(document);
        Path target = file.isEmpty() ? from : from.resolveSibling(file).normalize();
        if (file.startsWith("/") || !target.startsWith(root)) {
            report(document, line, link + " leaves the repository: link relative to the document");
        } else if (!Files.exists(target)) {
            report(document, line, link + " does not exist");
        } else if (hash >= 0) {
            checkAnchor(document, line, root.relativize(target).toString(), link.substring(hash + 1));
        }
    }

    private void checkAnchor(String document, int line, String target, String anchor) {
        if (target.endsWith(".md") && !anchors(tree.text(target)).contains(anchor)) {
            report(document, line, "no heading of " + target + " makes the anchor #" + anchor);
        }
    }

    private void report(String document, int line, String what) {
        breaches.add(new Breach("link", document, line, what));
    }

    /** The anchors that a site such as GitHub makes of the headings, and those that the text names itself. */
    static Set<String> anchors(String markdown) {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : withoutFencedCode(markdown)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
            Matcher named = NAMED_ANCHOR.matcher(line);
            while (named.find()) {
                anchors.add(named.group(1));
            }
        }
        return anchors;
    }

    private static String slug(String heading) {
        return LINK_IN_HEADING
                .matcher(heading)
                .replaceAll("$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    private static List<String> withoutFencedCode(String markdown) {
        List<String> lines = new ArrayList<>();
        boolean inCode = false;
        for (String line : markdown.lines().toList()) {
            boolean fence = FENCE.matcher(line).matches();
            lines.add(inCode || fence ? "" : line);
            inCode ^= fence;
        }
        return lines;
    }
}
