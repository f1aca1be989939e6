package dev.hypercache.transport.frame;

import java.util.List;

/**
 * The bytes that stand for the constants of an enum.
 *
 * <p>Ordinals would change under a running ring when somebody sorts the constants. Here a constant's code is its place in
 * a list that only grows at its end.
 */
final class EnumCode<E extends Enum<E>> {

    private final String what;
    private final List<E> constants;
    private final int[] codes;

    /**
     * @param what names the field in errors
     * @param inOrderOfCode every constant once
     * @throws IllegalArgumentException if one is missing or occurs twice
     */
    EnumCode(Class<E> type, String what, List<E> inOrderOfCode) {
        this.what = what;
        this.constants = List.copyOf(inOrderOfCode);
        this.codes = new int[constants.size()];
        E[] all = type.getEnumConstants();
        if (all.length != constants.size()) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " has " + all.length + " constants, but " + constants.size() + " codes");
        }
        for (E constant : all) {
            int code = constants.indexOf(constant);
            if (code < 0) {
                throw new IllegalArgumentException(type.getSimpleName() + "." + constant + " has no code");
            }
            codes[constant.ordinal()] = code;
        }
    }

    void write(E constant, FrameSink out) {
        out.writeByte(codes[constant.ordinal()]);
    }

    E read(FrameSource in) {
        int code = in.readByte(what);
        if (code >= constants.size()) {
            throw in.refusal(what + " has no code " + code);
        }
        return constants.get(code);
    }
}
