package dev.keyswitch.worker;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Passes bytes on as long as they are wanted: a long generation ends here when a newer one has begun.
final class WantedOutput extends FilterOutputStream {

    private final Regeneration work;

    WantedOutput(OutputStream out, Regeneration work) {
        super(out);
        this.work = work;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        work.requireWanted();
        out.write(bytes, offset, length);
    }
}
