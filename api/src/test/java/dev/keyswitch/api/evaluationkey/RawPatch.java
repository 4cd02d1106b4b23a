package dev.keyswitch.api.evaluationkey;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A `PATCH` of an upload over a bare socket, which can be cut anywhere.
final class RawPatch implements AutoCloseable {

    private final Socket socket;
    private final boolean chunked;

    /// @param announced length of the body; negative: it is sent in HTTP chunks, its length unknown
    RawPatch(URI api, String credential, String path, long offset, long announced) throws IOException {
        socket = new Socket(api.getHost(), api.getPort());
        socket.setSoTimeout(10_000);
        chunked = announced < 0;
        write(("PATCH " + path + " HTTP/1.1\r\nHost: " + api.getAuthority() + "\r\nAuthorization: Bearer " + credential
                        + "\r\nContent-Type: application/octet-stream\r\nUpload-Offset: " + offset + "\r\n"
                        + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + announced) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] part) throws IOException {
        if (chunked) {
            write((Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        write(part);
        if (chunked) {
            write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /// Hangs up as a process does that is killed: without a word.
    void cut() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Says that nothing more will come, and waits for the answer or the end.
    String endEarly() throws IOException {
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
