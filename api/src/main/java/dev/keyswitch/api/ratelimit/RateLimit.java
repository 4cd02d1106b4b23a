package dev.keyswitch.api.ratelimit;

import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.http.Problems;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps one credential from taking the whole node. Counted per node: what is to be protected is the node, and no call should
/// wait for others to agree on a number.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RateLimit implements Ordered {

    private static final String ATTRIBUTE = "keyswitch.rate-limit";
    /// Beyond so many, buckets of credentials that rest are forgotten: they would be full anyway.
    private static final int MANY = 10_000;

    private final Map<CredentialId, Bucket> buckets = new ConcurrentHashMap<>();
    private final int perSecond;
    private final int burst;
    private final Problems problems;

    RateLimit(
            Problems problems,
            @Value("${keyswitch.rate-limit.per-second:5000}") int perSecond,
            @Value("${keyswitch.rate-limit.burst:10000}") int burst) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("a rate limit is at least 1 call per second and a burst of 1");
        }
        this.problems = problems;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /// @return null if it may go on
    @RequestFilter
    @Nullable
    HttpResponse<?> count(HttpRequest<?> request) {
        return Caller.known(request).map(caller -> count(request, caller)).orElse(null);
    }

    private @Nullable HttpResponse<?> count(HttpRequest<?> request, Caller caller) {
        Bucket.State state = bucket(caller.credentialId()).take(System.nanoTime());
        request.setAttribute(ATTRIBUTE, state);
        if (state.passes()) {
            return null;
        }
        // Answered here and not thrown: the filter below does not see what is thrown in this one.
        MutableHttpResponse<?> refusal = problems.answer(request, refusal());
        tell(request, refusal);
        return refusal;
    }

    private ProblemException refusal() {
        return new ProblemException(
                        ProblemCode.RATE_LIMITED,
                        "This credential has made more than " + perSecond + " calls a second. Wait a second, then go on more slowly.")
                .withFact("perSecond", perSecond);
    }

    @ResponseFilter
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(ATTRIBUTE).map(Bucket.State.class::cast).ifPresent(state -> {
            response.getHeaders().set("RateLimit-Limit", Integer.toString(burst));
            response.getHeaders().set("RateLimit-Remaining", Long.toString(state.remaining()));
            response.getHeaders().set("RateLimit-Reset", Long.toString(state.secondsUntilFull()));
        });
    }

    private Bucket bucket(CredentialId credential) {
        if (buckets.size() > MANY) {
            long now = System.nanoTime();
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        return buckets.computeIfAbsent(credential, id -> new Bucket(perSecond, burst, System.nanoTime()));
    }

    /// After the caller is known, before anything is done for it.
    @Override
    public int getOrder() {
        return 500;
    }
}
