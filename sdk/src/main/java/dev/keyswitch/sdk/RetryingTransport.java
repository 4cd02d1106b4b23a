package dev.keyswitch.sdk;

import java.time.Duration;
import java.util.Optional;

/// Tries again what may be tried again, as [RetryPolicy] says.
final class RetryingTransport implements Transport {
    private final Transport next;
    private final RetryPolicy policy;

    RetryingTransport(Transport next, RetryPolicy policy) {
        this.next = next;
        this.policy = policy;
    }

    @Override
    public Answer send(Call call) {
        for (int failures = 1; ; failures++) {
            Duration pause;
            try {
                Answer answer = next.send(call);
                Optional<Duration> again = policy.pauseAfter(call, answer, failures);
                if (again.isEmpty()) {
                    return answer;
                }
                pause = again.get();
            } catch (ConnectionException e) {
                pause = policy.pauseAfter(call, e, failures).orElseThrow(() -> e);
            }
            policy.sleep(pause, call.requestId());
        }
    }
}
