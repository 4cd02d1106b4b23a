package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void commitsNothingBeforeTheFirstRecord() {
        assertThat(progress.toCommit()).isEmpty();
    }

    @Test
    void commitsOnlyBelowTheOldestOpenRecord() {
        progress.begin(10);
        progress.begin(11);
        progress.begin(12);

        progress.finish(11);
        assertThat(progress.toCommit()).hasValue(10);

        progress.finish(10);
        assertThat(progress.toCommit()).hasValue(12);

        progress.finish(12);
        assertThat(progress.toCommit()).hasValue(13);
    }

    @Test
    void commitsTheSameOffsetOnce() {
        progress.begin(5);
        progress.finish(5);

        assertThat(progress.toCommit()).hasValue(6);
        assertThat(progress.toCommit()).isEmpty();
    }
}
