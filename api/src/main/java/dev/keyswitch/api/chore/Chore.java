package dev.keyswitch.api.chore;

import java.time.Duration;
import org.slf4j.event.Level;

/// Something that is to be done again and again, in steps of bounded size, on any number of nodes at once.
public interface Chore {

    /// What was done, for the log.
    String description();

    /// How loudly the log tells of it.
    default Level level() {
        return Level.INFO;
    }

    /// Pause after the last step that found something to do.
    Duration every();

    /// One step.
    ///
    /// @return how much it did; 0: nothing is left for now
    int step();
}
