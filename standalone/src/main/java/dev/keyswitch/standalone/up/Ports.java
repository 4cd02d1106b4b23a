package dev.keyswitch.standalone.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// The two ports people know; 0 for any free one.
public record Ports(int api, int console) {

    /// Any two free ports.
    public static final Ports ANY = new Ports(0, 0);

    public Ports {
        check(api);
        check(console);
        if (api == console && api != 0) {
            throw new RefusedStartException("The API and the console need two different ports.");
        }
    }

    private static void check(int port) {
        if (port < 0 || port > 65535) {
            throw new RefusedStartException("A port lies between 0 and 65535, " + port + " does not.");
        }
    }

    /// @throws RefusedStartException if somebody listens there already: better said now than after a database was started
    void requireFree() {
        requireFree(api, "--api-port");
        requireFree(console, "--console-port");
    }

    private static void requireFree(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException _) {
            throw new RefusedStartException("Port " + port + " is taken; choose another one with " + option + ".");
        }
    }
}
