package dev.keyswitch.sdk;

import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.access.Self;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.ChangeAccount;
import dev.keyswitch.contract.account.Overview;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Talks to one Keyswitch deployment with one credential. Thread-safe; make one and keep it.
///
/// Every method throws a [KeyswitchException] when it does not succeed. Transient failures have been retried by then.
public final class KeyswitchClient implements AutoCloseable {
    private final HttpClient http;
    private final Settings settings;
    private final Wire wire;

    private KeyswitchClient(HttpClient http, Settings settings) {
        this.http = http;
        this.settings = settings;
        Transport once = new HttpTransport(http, settings.url(), settings.credential());
        this.wire = new Wire(
                new RetryingTransport(once, settings.policy()),
                once,
                Json.mapper(),
                settings.timeout(),
                settings.policy());
    }

    /// A client for the environment's `KEYSWITCH_URL` and `KEYSWITCH_CREDENTIAL`.
    ///
    /// @throws IllegalStateException if one is not set
    public static KeyswitchClient fromEnv() {
        return builder()
                .url(URI.create(required(System.getenv(), "KEYSWITCH_URL")))
                .credential(required(System.getenv(), "KEYSWITCH_CREDENTIAL"))
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Models models() {
        return new Models(wire);
    }

    public Tokens tokens() {
        return new Tokens(wire);
    }

    /// What changes would do, without doing them.
    public Previews previews() {
        return new Previews(wire);
    }

    /// Many operations on tokens at once.
    public Bulk bulk() {
        return new Bulk(wire, IdempotencyKey.next(), false);
    }

    public EvaluationKeys evaluationKeys() {
        return new EvaluationKeys(wire);
    }

    public Holders holders() {
        return new Holders(wire);
    }

    public Events events() {
        return new Events(wire);
    }

    public AuditTrail audit() {
        return new AuditTrail(wire);
    }

    public Credentials credentials() {
        return new Credentials(wire);
    }

    /// May the token with this value query this model now?
    public Introspection introspect(String tokenValue, UUID model) {
        return introspect(tokenValue, model, null);
    }

    /// May the token with this value query this model now, under this evaluation key?
    public Introspection introspect(String tokenValue, UUID model, @Nullable UUID evaluationKey) {
        String form = "token=" + Target.encoded(tokenValue) + "&model_id=" + model
                + (evaluationKey == null ? "" : "&evaluation_key_id=" + evaluationKey);
        Call call = Call.of("POST", "/v1/introspect", wire.timeout())
                .body("application/x-www-form-urlencoded", BodyPublishers.ofString(form))
                .asRepeatable();
        return wire.read(wire.send(call), Introspection.class);
    }

    /// What the token with this value is told about itself: the call of an end user's query client, for which no credential
    /// is needed.
    public Self self(String tokenValue) {
        return new KeyswitchClient(http, settings.withCredential(tokenValue)).wire.get("/v1/self", Self.class);
    }

    /// Changes the own account's name and settings.
    public Account changeAccount(ChangeAccount change) {
        return wire.exchange("PATCH", "/v1/account", change, Account.class, Call::asRepeatable);
    }

    /// Accounts of the deployment; only with its ADMIN credential.
    public Accounts accounts() {
        return new Accounts(wire);
    }

    /// The account this credential belongs to.
    public Account account() {
        return wire.get("/v1/account", Account.class);
    }

    /// The account in numbers.
    public Overview overview() {
        return wire.get("/v1/overview", Overview.class);
    }

    /// The credential this client presents.
    public Whoami whoami() {
        return wire.get("/v1/whoami", Whoami.class);
    }

    /// Every model, all pages.
    public List<Model> listModels() {
        return models().all(ModelQuery.everything().limit(200)).toList();
    }

    /// Every token, all pages.
    public List<Token> listTokens() {
        return tokens().all(TokenQuery.everything().limit(200)).toList();
    }

    /// Assigns an unassigned token; see [Tokens#assign].
    public Token assignTokenToModel(UUID token, UUID model) {
        return tokens().assign(token, model);
    }

    /// The same client for another credential. Both share their connections: closing one closes both.
    public KeyswitchClient withCredential(String credential) {
        return new KeyswitchClient(http, settings.withCredential(credential));
    }

    /// Ends open connections; calls in flight fail.
    @Override
    public void close() {
        http.shutdownNow();
    }

    /// Never shows the credential.
    @Override
    public String toString() {
        return "KeyswitchClient[" + settings.url() + "]";
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("The environment variable " + name + " is not set");
        }
        return value;
    }

    private record Settings(URI url, String credential, Duration timeout, RetryPolicy policy) {
        Settings withCredential(String other) {
            return new Settings(url, checked(other), timeout, policy);
        }

        /// A character that no header can carry would make the JDK complain with the whole header, the secret included.
        static String checked(String credential) {
            String stripped = credential.strip();
            if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new IllegalArgumentException("the credential is not one line of printable ASCII");
            }
            return stripped;
        }

        @Override
        public String toString() {
            return "Settings[" + url + "]";
        }
    }

    /// Settings of a client; `url` and `credential` are needed.
    public static final class Builder {
        private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

        private @Nullable URI url;
        private @Nullable String credential;
        private Duration timeout = Duration.ofSeconds(30);
        private int maxRetries = 3;
        private Clock clock = Clock.systemUTC();
        private Sleeper sleeper = Sleeper.real();

        private Builder() {}

        /// Where the API is, for example `http://127.0.0.1:8080`; a path before `/v1` is kept.
        public Builder url(URI where) {
            this.url = checked(where);
            return this;
        }

        /// A management credential, `ksm_…`. Kept in memory, sent to `url` only, never printed.
        public Builder credential(String value) {
            this.credential = Settings.checked(value);
            return this;
        }

        /// The longest silence of the server that is endured, before an answer and within it. Default: 30 s.
        public Builder timeout(Duration longestSilence) {
            if (longestSilence.toMillis() <= 0) {
                throw new IllegalArgumentException("the time-out must be at least a millisecond");
            }
            this.timeout = longestSilence;
            return this;
        }

        /// How often a transient failure is tried again. Default: 3; 0 switches retries off.
        public Builder maxRetries(int furtherTries) {
            if (furtherTries < 0) {
                throw new IllegalArgumentException("the number of retries cannot be negative");
            }
            this.maxRetries = furtherTries;
            return this;
        }

        /// For tests: the time that deadlines and `Retry-After` dates are measured by.
        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        /// For tests: how pauses are waited.
        public Builder sleeper(Sleeper pauses) {
            this.sleeper = pauses;
            return this;
        }

        public KeyswitchClient build() {
            Settings settings = new Settings(
                    Objects.requireNonNull(url, "url"),
                    Objects.requireNonNull(credential, "credential"),
                    timeout,
                    new RetryPolicy(maxRetries, clock, sleeper, RandomGenerator.getDefault()));
            HttpClient.Builder http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor());
            if (settings.url().getScheme().equalsIgnoreCase("http")) {
                http.sslContext(trustingNobody());
            }
            return new KeyswitchClient(http.build(), settings);
        }

        /// Reading the trust store is a third of what making a client costs, and without TLS it is for nothing.
        private static SSLContext trustingNobody() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[0], null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has TLS", e);
            }
        }

        /// Never shows the credential.
        @Override
        public String toString() {
            return "KeyswitchClient.Builder[" + url + "]";
        }

        private static URI checked(URI where) {
            String scheme = Objects.requireNonNullElse(where.getScheme(), "");
            boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
            if (!http
                    || where.getHost() == null
                    || where.getRawUserInfo() != null
                    || where.getRawQuery() != null
                    || where.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "the URL must be like https://host:port, without user, query or fragment");
            }
            String text = where.toString();
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
