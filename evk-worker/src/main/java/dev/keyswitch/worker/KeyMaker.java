package dev.keyswitch.worker;

/// Makes the evaluation key of one job. Called by several threads.
@FunctionalInterface
interface KeyMaker {

    Outcome make(Regeneration work);
}
