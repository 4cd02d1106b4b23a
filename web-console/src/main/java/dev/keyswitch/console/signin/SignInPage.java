package dev.keyswitch.console.signin;

/// The sign-in page.
///
/// @param reason why it is shown; empty the first time
/// @param requestId empty unless the API was asked in vain
/// @param to where to go afterwards
public record SignInPage(String reason, String requestId, String to) {

    /// The same whatever was wrong: form, checksum, unknown, revoked, a role that is not for people.
    static final String REFUSED = "This credential was not accepted.";

    static final String API_SILENT = "The API does not answer, so nobody can sign in now. Try again in a moment.";
    static final String ENDED = "Your credential is no longer valid. Sign in with another one.";
    static final String AGAIN = "This page had been open too long. Please enter the credential again.";
    static final String OUT = "You are signed out.";

    /// Whether the reason is something that went wrong.
    public boolean isProblem() {
        return !reason.isEmpty() && !reason.equals(OUT);
    }
}
