package dev.keyswitch.worker;

/// How an attempt to make an evaluation key ended.
sealed interface Outcome {

    /// Nothing more to do here: made, reported as failed, or somebody else's business by now.
    record Finished() implements Outcome {}

    /// Something that passes was in the way.
    record NotNow(String reason) implements Outcome {}
}
