package dev.keyswitch.console.session;

import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.sdk.KeyswitchClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// One signed-in person. Holds the credential (inside its client), which never leaves the server. Thread-safe.
public final class Session implements AutoCloseable {

    /// Open pages of one person that may follow evaluation keys at a time.
    private static final int LIVE_PAGES = 12;

    private final KeyswitchClient client;
    private final Names names;
    private final Whoami whoami;
    private final String csrf;
    private final Instant begun;
    private final List<Notice> notices = new ArrayList<>();
    private final Semaphore livePages = new Semaphore(LIVE_PAGES);
    private volatile Instant lastSeen;
    private volatile boolean closed;

    Session(KeyswitchClient client, Names names, Whoami whoami, String csrf, Instant begun) {
        this.client = client;
        this.names = names;
        this.whoami = whoami;
        this.csrf = csrf;
        this.begun = begun;
        this.lastSeen = begun;
    }

    /// The SDK under this person's credential.
    public KeyswitchClient client() {
        return client;
    }

    /// Names by id, as this person may see them.
    public Names names() {
        return names;
    }

    public Whoami whoami() {
        return whoami;
    }

    /// Whether this person may change tokens and assignments. The API decides; pages only leave out what it would refuse.
    public boolean mayAssign() {
        return whoami.role() == Role.OWNER || whoami.role() == Role.OPERATOR;
    }

    /// Whether this person may add and change models, and manage credentials and key holders.
    public boolean mayAdminister() {
        return whoami.role() == Role.OWNER;
    }

    /// The value that every form of this session carries.
    public String csrf() {
        return csrf;
    }

    boolean hasCsrf(String presented) {
        return MessageDigest.isEqual(
                csrf.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
    }

    /// To be told on the next page that is shown.
    public synchronized void tell(Notice notice) {
        notices.add(notice);
    }

    /// What is to be told; told once.
    public synchronized List<Notice> takeNotices() {
        List<Notice> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /// Bounds the live pages of this person; give the permit back.
    public Semaphore livePages() {
        return livePages;
    }

    void touch(Instant now) {
        lastSeen = now;
    }

    Instant begun() {
        return begun;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    /// Whether it was ended: by its person, by time, or because its credential is no longer valid.
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
