package dev.keyswitch.keygen;

/// Bytes that are not the SEAL object they should be, for example not the evaluation key a profile asks for.
public final class MalformedKeyException extends Exception {
    private final long offset;

    public MalformedKeyException(long offset, String sentence) {
        super("At byte " + offset + ": " + sentence);
        this.offset = offset;
    }

    /// Where in the content the first fault was seen.
    public long offset() {
        return offset;
    }
}
