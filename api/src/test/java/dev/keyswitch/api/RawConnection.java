package dev.keyswitch.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One connection, kept open as long as the server lets it, on which bytes are sent as they are: what no HTTP client lets pass.
/// For one thread.
public final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int LONGEST_LINE = 64 << 10;

    private final URI server;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    public RawConnection(URI server) {
        this.server = server;
    }

    /// @param headers by name in lower case, in the order in which they came
    public record RawAnswer(int status, Map<String, List<String>> headers, byte[] body) {

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// @param head whether the answer has no body, whatever its headers say
    /// @throws IOException if there is no whole answer
    public RawAnswer send(byte[] request, boolean head) throws IOException {
        boolean isOld = socket != null;
        try {
            return exchange(request, head);
        } catch (IOException e) {
            close();
            if (!isOld) {
                throw e;
            }
            // The server may have closed it just then, which is its right.
            return exchange(request, head);
        }
    }

    /// Sends so many bytes of a request, waits a while, and is gone: the server learns of it by a reset, whatever it is doing.
    public void hangUp(byte[] request, int sent, Duration after) throws IOException {
        Socket open = open();
        open.setSoLinger(true, 0);
        try {
            open.getOutputStream().write(request, 0, sent);
        } catch (IOException e) {
            // The server was the first to go.
        }
        LockSupport.parkNanos(after.toNanos());
        close();
    }

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(server.getHost(), server.getPort());
            open.setTcpNoDelay(true);
            open.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(open.getInputStream());
            socket = open;
        }
        return open;
    }

    private RawAnswer exchange(byte[] request, boolean head) throws IOException {
        Socket open = open();
        try {
            open.getOutputStream().write(request);
        } catch (IOException e) {
            // Refused before it was read to the end: the answer is there all the same.
        }
        RawAnswer answer = read(head);
        if (answer.header("connection").equalsIgnoreCase("close")) {
            close();
        }
        return answer;
    }

    private RawAnswer read(boolean head) throws IOException {
        String line = line();
        if (!line.startsWith("HTTP/1.")) {
            throw new IOException("not an answer: " + line);
        }
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, List<String>> headers = new TreeMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            headers.merge(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    List.of(field.substring(colon + 1).strip()),
                    (one, more) -> java.util.stream.Stream.concat(one.stream(), more.stream()).toList());
        }
        RawAnswer empty = new RawAnswer(status, headers, new byte[0]);
        return head || status == 204 || status == 304 ? empty : new RawAnswer(status, headers, body(empty));
    }

    private byte[] body(RawAnswer answer) throws IOException {
        if (answer.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (int length = chunk(); length > 0; length = chunk()) {
                whole.write(stream().readNBytes(length));
                line();
            }
            line();
            return whole.toByteArray();
        }
        String length = answer.header("content-length");
        if (!length.isEmpty()) {
            byte[] body = stream().readNBytes(Integer.parseInt(length));
            if (body.length < Integer.parseInt(length)) {
                throw new EOFException("the answer ended early");
            }
            return body;
        }
        byte[] rest = stream().readAllBytes();
        close();
        return rest;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = stream().read(); c != '\n'; c = stream().read()) {
            if (c < 0 || line.length() > LONGEST_LINE) {
                throw new EOFException("the connection ended without an answer: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private InputStream stream() {
        return java.util.Objects.requireNonNull(in);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
