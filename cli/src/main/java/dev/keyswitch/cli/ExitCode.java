package dev.keyswitch.cli;

/// What the command's exit code means. Scripts rely on it.
public final class ExitCode {
    public static final int OK = 0;

    /// The server or this command refused, or something failed.
    public static final int FAILED = 1;

    /// Wrong or missing arguments or configuration, or a name that means several things.
    public static final int USAGE = 2;

    /// The server could not be reached, did not answer wholly, or is not ready.
    public static final int UNREACHABLE = 3;

    /// `--wait` ended before the evaluation key was ready.
    public static final int TIMED_OUT = 4;

    private ExitCode() {}
}
