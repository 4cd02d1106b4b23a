package dev.keyswitch.sdk;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.OptionalLong;

/// What came back. The body is wholly in memory unless the call was a streamed one and went well.
///
/// @param requestId the server's, or else the one that was sent
record Answer(int status, HttpHeaders headers, InputStream body, String requestId) {
    boolean isGood() {
        return status >= 200 && status < 300;
    }

    OptionalLong number(String header) {
        try {
            return headers.firstValueAsLong(header);
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
