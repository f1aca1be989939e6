package dev.hypercache.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A secret that must not be found outside its file, and the forms in which it would be one.
 *
 * @param name what it is, for messages
 * @param forms texts, one character for each byte
 */
record PlantedSecret(String name, List<String> forms) {

    /** Fewer characters would be found by chance. */
    private static final int FORM_CHARACTERS_LEAST = 16;

    private static final int BYTES_OF_GROUP = 3;

    /** A secret of bytes, 16 or more: as they are, in hexadecimal, in both kinds of Base64, and as Java prints an array. */
    static PlantedSecret of(String name, byte[] bytes) {
        List<String> forms = new ArrayList<>();
        forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
        String hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        String printed = Arrays.toString(bytes);
        forms.add(printed.substring(1, printed.length() - 1));
        for (int before = 0; before < BYTES_OF_GROUP; before++) {
            forms.add(encoded(Base64.getEncoder(), bytes, before));
            forms.add(encoded(Base64.getUrlEncoder(), bytes, before));
        }
        if (forms.stream().anyMatch(form -> form.length() < FORM_CHARACTERS_LEAST)) {
            throw new IllegalArgumentException(name + " is too short to be searched for. Plant a longer one.");
        }
        return new PlantedSecret(name, List.copyOf(forms));
    }

    static PlantedSecret of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What does not depend on the bytes around it, if so many stand before it in its group. */
    private static String encoded(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        int first = (before * Byte.SIZE + 5) / 6;
        int end = shifted.length * Byte.SIZE / 6;
        return encoder.withoutPadding().encodeToString(shifted).substring(first, end);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return name;
    }
}
