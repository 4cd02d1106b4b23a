package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.sdk.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// On Kafka's own consumer without a broker.
class TokenEventListenerTest {

    private static final String TOPIC = "keyswitch.test.tokens";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private final UUID holder = UUID.randomUUID();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void pausesItsPartitionsWhenTheBoardIsFullAndGoesOnPolling() throws Exception {
        TokenEventListener listener = listener();
        Thread thread = begin(listener);
        for (int i = 0; i < 40; i++) {
            add(i, job(UUID.randomUUID(), 1), EventType.TOKEN_ASSIGNED);
        }

        await(() -> consumer.paused().contains(PARTITION));
        assertThat(made.get()).isZero();
        assertThat(committed()).isZero();
        release.countDown();

        await(() -> consumer.paused().isEmpty() && made.get() == 40);
        await(() -> committed() == 40);
        listener.stop();
        thread.join(Duration.ofSeconds(20));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void skipsWhatItCannotReadAndWhatIsNotForItsHolder() throws Exception {
        release.countDown();
        TokenEventListener listener = listener();
        Thread thread = begin(listener);
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, "k", "no event".getBytes(StandardCharsets.UTF_8))));
        KeyJob foreign = Jobs.job(UUID.randomUUID(), 1);
        add(1, foreign, EventType.TOKEN_ASSIGNED);
        add(2, job(UUID.randomUUID(), 1), EventType.EVALUATION_KEY_REQUESTED);

        addData(3, "null", EventType.TOKEN_ASSIGNED);
        addData(4, "{\"generation\":1,\"mode\":\"IMMEDIATE\",\"custody\":\"AGENT\"}", EventType.TOKEN_REASSIGNED);
        addData(5, "[[[", EventType.EVALUATION_KEY_READY);
        addData(6, "{\"tokenId\":\"x\",\"generation\":1}", EventType.TOKEN_UPDATED);
        add(7, job(UUID.randomUUID(), 1), EventType.EVALUATION_KEY_REQUESTED);

        await(() -> committed() == 8);

        assertThat(made.get()).isEqualTo(2);
        listener.stop();
        thread.join(Duration.ofSeconds(20));
    }

    private TokenEventListener listener() {
        JobBoard board = new JobBoard(
                work -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    made.incrementAndGet();
                    return new Outcome.Finished();
                },
                new Backoff(RandomGenerator.getDefault()),
                1);
        return new TokenEventListener(consumer, TOPIC, holder, new TokenEvents(Json.mapper()), board, 1);
    }

    private Thread begin(TokenEventListener listener) {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        });
        return Thread.ofPlatform().daemon().start(listener);
    }

    private void add(long offset, KeyJob job, EventType type) throws Exception {
        addData(offset, Json.mapper().writeValueAsString(job), type);
    }

    private void addData(long offset, String data, EventType type) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(TOPIC, 0, offset, "k", data.getBytes(StandardCharsets.UTF_8));
        record.headers().add(CloudEventHeaders.TYPE, type.type().getBytes(StandardCharsets.UTF_8));
        consumer.schedulePollTask(() -> consumer.addRecord(record));
    }

    private KeyJob job(UUID token, long generation) {
        KeyJob any = Jobs.job(token, generation);
        return new KeyJob(
                any.accountId(),
                any.tokenId(),
                holder,
                any.previousModelId(),
                any.modelId(),
                any.generation(),
                any.mode(),
                any.custody(),
                any.evaluationKeyId(),
                any.profileDigest(),
                any.cause(),
                any.by());
    }

    private long committed() {
        var offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it must come to hold").isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
