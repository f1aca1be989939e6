package dev.hypercache.transport.http;

/**
 * Which request targets are looked at: as they came, nothing is decoded or made canonical, so nothing can be two things.
 *
 * <p>A path is {@code /} and up to 200 of {@code A-Z a-z 0-9 / _ . -}, without empty segments in its middle and without
 * segments {@code .} and {@code ..}; a query is up to 2,000 of {@code A-Z a-z 0-9 _ . ~ = & % -}.
 */
final class RequestTarget {

    private static final int PATH_LENGTH_MAX = 201;
    private static final int QUERY_LENGTH_MAX = 2_000;
    private static final String IN_PATH = "/_.-";
    private static final String IN_QUERY = "_.~=&%-";

    private RequestTarget() {}

    static boolean isPath(String path) {
        return path.startsWith("/")
                && path.length() <= PATH_LENGTH_MAX
                && consistsOf(path, IN_PATH)
                && !path.contains("//")
                && !hasDots(path);
    }

    private static boolean hasDots(String path) {
        for (String segment : path.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    static boolean isQuery(String query) {
        return query.length() <= QUERY_LENGTH_MAX && consistsOf(query, IN_QUERY);
    }

    /** Whether there is a byte that no text has. */
    static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7F) {
                return true;
            }
        }
        return false;
    }

    private static boolean consistsOf(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isCommon = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isCommon && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
