package dev.keyswitch.worker;

import java.util.OptionalLong;
import java.util.TreeSet;

/// How far one partition is done. Work of different tokens ends in any order, but Kafka keeps one number: everything below
/// it is done. Safe for use by several threads.
final class PartitionProgress {

    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    /// A record was taken from the partition.
    synchronized void begin(long offset) {
        open.add(offset);
        next = offset + 1;
    }

    /// Nothing more will be done for it.
    synchronized void finish(long offset) {
        open.remove(offset);
    }

    /// The offset to commit, if it has moved since the last time.
    synchronized OptionalLong toCommit() {
        long done = open.isEmpty() ? next : open.first();
        if (done < 0 || done == committed) {
            return OptionalLong.empty();
        }
        committed = done;
        return OptionalLong.of(done);
    }
}
