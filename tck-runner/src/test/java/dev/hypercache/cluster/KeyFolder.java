package dev.hypercache.cluster;

import dev.hypercache.security.NewKey;
import dev.hypercache.spi.security.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys that a ring's nodes share, in a file of each node, which may change while the nodes run. */
final class KeyFolder implements RingSecurity {

    private final SecurityFolder folder = SecurityFolder.create();
    private final int nodes;
    /** Lines by the ids of their keys. */
    private final Map<String, String> lines = new LinkedHashMap<>();

    private KeyFolder(int nodes) throws IOException {
        this.nodes = nodes;
    }

    /** The files of a ring with one key. */
    static KeyFolder create(int nodes, String keyId) throws IOException {
        KeyFolder made = new KeyFolder(nodes);
        made.lines.put(keyId, NewKey.line(keyId, Role.MEMBER));
        made.use(keyId);
        return made;
    }

    /** Nodes know a new key, too. */
    void install(String keyId, String signing) throws IOException {
        lines.put(keyId, NewKey.line(keyId, Role.MEMBER));
        use(signing);
    }

    /** Nodes sign with a key that they know. */
    void use(String signing) throws IOException {
        for (int node = 0; node < nodes; node++) {
            write(folder.file(node, "keys"), lines, signing);
        }
    }

    /** Nodes know a key no more. */
    void remove(String keyId, String signing) throws IOException {
        lines.remove(keyId);
        use(signing);
    }

    private void write(Path file, Map<String, String> listed, String signing) throws IOException {
        StringBuilder text = new StringBuilder();
        listed.forEach((id, line) -> text.append(line).append(id.equals(signing) ? " signs\n" : "\n"));
        folder.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** A file of one key alone, which signs: that of somebody who is not told of changes. */
    Path fileOf(String keyId) throws IOException {
        Path file = folder.staging().resolve(keyId);
        write(file, Map.of(keyId, lines.get(keyId)), keyId);
        return file;
    }

    @Override
    public List<String> settingsOf(int node) {
        return List.of("hypercache.security.hmac.keys.file=" + folder.file(node, "keys"));
    }
}
