package dev.keyswitch.console.session;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/// Protects the sign-in form, for which there is no session yet: the form carries the mark of the cookie under a key
/// that only this process has.
@Singleton
public final class SignInMark {

    private final byte[] key;
    private final SecureRandom random;

    SignInMark(SecureRandom random) {
        this.random = random;
        this.key = Secrets.randomBytes(random);
    }

    /// A new value for the cookie.
    public String cookie() {
        return Secrets.random(random);
    }

    /// What the form must carry beside that cookie.
    public String field(String cookie) {
        return Secrets.mac(key, cookie);
    }

    boolean fits(String cookie, String field) {
        return MessageDigest.isEqual(
                field(cookie).getBytes(StandardCharsets.US_ASCII), field.getBytes(StandardCharsets.UTF_8));
    }
}
