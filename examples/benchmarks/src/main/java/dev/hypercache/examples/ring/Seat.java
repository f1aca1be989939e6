package dev.hypercache.examples.ring;

import dev.hypercache.examples.proofs.ProofFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which of the members a process is.
 *
 * @param number from 0, which drives
 * @param ports one of each member, and then another one of each for grids that need two
 */
record Seat(int number, List<Integer> ports) {

    static final String HOST = "127.0.0.1";

    /** The name of its member, where members have names. */
    String name() {
        return name(number);
    }

    /** The name of the member with a number. */
    static String name(int number) {
        return "member-" + number;
    }

    /** Issues certificates and keys for so many members; processes that this one starts find them. */
    static void issueProofs(int members) throws IOException {
        List<String> names = IntStream.range(0, members).mapToObj(Seat::name).toList();
        System.setProperty(
                ProofFolder.PROPERTY, ProofFolder.issue(names).directory().toString());
    }

    int members() {
        return ports.size() / 2;
    }

    int port() {
        return ports.get(number);
    }

    int secondPort() {
        return ports.get(members() + number);
    }

    /** Of all members, as {@code host:port}. */
    List<String> addresses() {
        return ports.stream().limit(members()).map(port -> HOST + ":" + port).toList();
    }

    /** The seat of the driver among so many members; the ports are free as far as anybody can know. */
    static Seat first(int members) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 2 * members; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return new Seat(0, ports);
    }

    Seat withNumber(int other) {
        return new Seat(other, ports);
    }

    /** The same seat before the members from that number on were there. */
    Seat among(int fewer) {
        List<Integer> left = new ArrayList<>(ports.subList(0, fewer));
        left.addAll(ports.subList(members(), members() + fewer));
        return new Seat(number, left);
    }

    /** For a command line. */
    String text() {
        return number + ":" + ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static Seat parse(String text) {
        String[] parts = text.split("[:,]");
        List<Integer> ports = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            ports.add(Integer.valueOf(parts[i]));
        }
        return new Seat(Integer.parseInt(parts[0]), ports);
    }
}
