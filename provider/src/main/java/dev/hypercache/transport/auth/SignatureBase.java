package dev.hypercache.transport.auth;

import java.util.List;

/**
 * The text that is signed of a message (RFC 9421 §2.5): a line for each component, and last the list of the components with
 * the signature's parameters, so that neither can be altered.
 */
final class SignatureBase {

    private SignatureBase() {}

    /**
     * Writes the list of components as it begins the parameters (RFC 9421 §2.3).
     *
     * @param names of the components, each once
     * @return such as {@code ("@method" "content-type")}
     */
    static String list(List<String> names) {
        return "(\"" + String.join("\" \"", names) + "\")";
    }

    /**
     * Writes the base.
     *
     * @param components in the order of their list
     * @param parameters the list and the parameters behind it, as the field {@code Signature-Input} has them behind the label
     * @return the base, ASCII, without a line break at its end
     */
    static String of(List<Component> components, String parameters) {
        StringBuilder base = new StringBuilder(64 * components.size() + parameters.length());
        for (Component component : components) {
            base.append('"')
                    .append(component.name())
                    .append("\": ")
                    .append(component.value())
                    .append('\n');
        }
        return base.append("\"@signature-params\": ").append(parameters).toString();
    }
}
