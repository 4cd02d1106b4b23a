package dev.keyswitch.console.effect;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.console.page.Times;
import dev.keyswitch.contract.preview.KeyWork;
import java.time.Duration;

/// What making evaluation keys takes, in words.
final class Work {

    private Work() {}

    /// For example `3.2 MB, about 0.3 s of computing on one core`.
    static String words(KeyWork work) {
        Duration computing = Duration.ofNanos(Math.round(work.seconds() * 1e9));
        return Sizes.bytes(work.sizeBytes()) + (work.keys() == 1 ? "" : " together") + ", about "
                + (computing.toMillis() < 1 ? "1 ms" : Times.duration(computing)) + " of computing on one core";
    }
}
