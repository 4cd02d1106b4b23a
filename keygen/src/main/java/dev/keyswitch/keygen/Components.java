package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;

/// The components of one evaluation key, one after the other.
interface Components extends AutoCloseable {

    /// Writes the component whose turn it is.
    void writeNext(WireWriter out) throws IOException;

    @Override
    void close();
}
