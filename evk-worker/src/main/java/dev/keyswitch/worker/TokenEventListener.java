package dev.keyswitch.worker;

import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.token.Custody;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls the account's tokens topic and puts what this holder must make on the [JobBoard]. Never waits for a key: when the
/// board is full, the partitions are paused and polling goes on.
///
/// A record's offset is committed when its work has ended, so a crash means delivery again, and the claim makes that
/// harmless. One thread runs it; [#stop] may be called from any.
final class TokenEventListener implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TokenEventListener.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /// Full beyond this many open keys per maker; each waits with a few hundred bytes.
    private static final int OPEN_PER_MAKER = 32;

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final UUID holderId;
    private final TokenEvents events;
    private final JobBoard board;
    private final int full;
    private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    private volatile boolean stopping;
    private boolean paused;

    TokenEventListener(
            Consumer<String, byte[]> consumer,
            String topic,
            UUID holderId,
            TokenEvents events,
            JobBoard board,
            int parallelism) {
        this.consumer = consumer;
        this.topic = topic;
        this.holderId = holderId;
        this.events = events;
        this.board = board;
        this.full = parallelism * OPEN_PER_MAKER;
    }

    @Override
    public void run() {
        consumer.subscribe(List.of(topic), new Rebalance());
        while (!stopping) {
            try {
                consumer.poll(POLL).forEach(this::take);
                pauseOrResume();
                commit();
            } catch (WakeupException _) {
                // stop() says so
            } catch (KafkaException e) {
                log.error("Cannot read the topic topic={}", topic, e);
                waitABit();
            }
        }
        board.close();
        commitAtTheEnd();
        consumer.close();
    }

    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        PartitionProgress partition = progress.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), key -> new PartitionProgress());
        partition.begin(record.offset());
        Runnable finish = () -> partition.finish(record.offset());
        try {
            switch (events.read(record)) {
                case TokenEvents.Meaning.KeyWanted wanted when isOurs(wanted.job()) ->
                    board.accept(new Regeneration(wanted.job(), finish));
                case TokenEvents.Meaning.KeyWanted wanted -> {
                    board.outdate(wanted.job().tokenId(), wanted.job().generation());
                    finish.run();
                }
                case TokenEvents.Meaning.GenerationBegun begun -> {
                    board.outdate(begun.token(), begun.generation());
                    finish.run();
                }
                case TokenEvents.Meaning.Nothing nothing -> finish.run();
            }
        } catch (UnreadableRecordException e) {
            log.warn(
                    "Skips a record partition={} offset={} because=\"{}\"",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            finish.run();
        } catch (RuntimeException e) {
            // An error of ours must not make the worker deaf: the API asks again for what nobody takes up.
            log.error("Cannot handle a record partition={} offset={}", record.partition(), record.offset(), e);
            finish.run();
        }
    }

    private boolean isOurs(KeyJob job) {
        return job.holderId().equals(holderId) && job.custody() == Custody.AGENT;
    }

    private void pauseOrResume() {
        if (!paused && board.open() >= full) {
            paused = true;
            consumer.pause(consumer.assignment());
        } else if (paused && board.open() < full / 2) {
            paused = false;
            consumer.resume(consumer.paused());
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsetsToCommit();
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (map, failure) -> {
                if (failure != null) {
                    log.warn("Cannot commit offsets; their work may be announced again", failure);
                }
            });
        }
    }

    private void commitAtTheEnd() {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsetsToCommit();
        try {
            consumer.commitSync(offsets, Duration.ofSeconds(2));
        } catch (RebalanceInProgressException | WakeupException e) {
            log.info("Offsets stay uncommitted; their work may be announced again because=\"{}\"", e.getMessage());
        } catch (KafkaException e) {
            log.warn("Cannot commit offsets; their work may be announced again", e);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.forEach((partition, done) ->
                done.toCommit().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
    }

    private void waitABit() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException _) {
            stopping = true;
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(progress::remove);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (paused) {
                consumer.pause(partitions);
            }
        }
    }
}
