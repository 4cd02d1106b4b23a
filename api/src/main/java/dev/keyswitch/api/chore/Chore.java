package dev.keyswitch.api.chore;

import java.time.Duration;

/// Something that is to be done again and again, in steps of bounded size, on any number of nodes at once.
public interface Chore {

    /// What was done, for the log.
    String description();

    /// Pause after the last step that found something to do.
    Duration every();

    /// One step.
    ///
    /// @return how much it did; 0: nothing is left for now
    int step();
}
