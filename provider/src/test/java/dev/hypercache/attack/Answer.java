package dev.hypercache.attack;

/**
 * What came back on a connection until the node closed it; nothing at all is status 0.
 *
 * @param status the status of the first answer, 0 if there is none
 * @param body the body of it
 * @param text everything
 */
record Answer(int status, String body, String text) {

    static Answer of(String text) {
        boolean isHttp = text.startsWith("HTTP/1.1 ") || text.startsWith("HTTP/1.0 ");
        int end = text.indexOf("\r\n\r\n");
        return new Answer(
                isHttp ? Integer.parseInt(text.substring(9, 12)) : 0, end < 0 ? "" : text.substring(end + 4), text);
    }
}
