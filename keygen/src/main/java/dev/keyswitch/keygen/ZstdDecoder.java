package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;

/// Where a caller plugs in a library for Zstandard, which Java does not have: for example zstd-jni.
///
/// ```java
/// ZstdDecoder decoder = (compressed, maxWindowLog) ->
///         new ZstdInputStreamNoFinalizer(compressed).setLongMax(maxWindowLog);
/// ```
@FunctionalInterface
public interface ZstdDecoder {
    /// Without a library: objects packed with Zstandard are refused.
    ZstdDecoder NONE = (compressed, maxWindowLog) -> {
        throw new IOException("There is no library for Zstandard here.");
    };

    /// A stream of what `compressed` unpacks to, ending where its frames end; an [IOException] means damaged input. The input is not
    /// trusted.
    ///
    /// @param maxWindowLog frames that want a window longer than 2 to this power must be refused
    InputStream open(InputStream compressed, int maxWindowLog) throws IOException;
}
