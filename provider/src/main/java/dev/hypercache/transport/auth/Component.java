package dev.hypercache.transport.auth;

/**
 * A component of a message: one line of the signature base (RFC 9421 §2).
 *
 * @param name its identifier, without quotes: a field name in lower case, or {@code @} and the name of what is derived
 * @param value of characters from blank to {@code ~}, so that no value can be taken for the end of its line
 */
record Component(String name, String value) {

    Component {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw new IllegalArgumentException("The value of " + name + " has the character "
                        + (int) value.charAt(i) + " at " + i
                        + ": only visible ASCII characters and blanks can be signed. Leave it out or encode it.");
            }
        }
    }
}
