package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.UploadId;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.StagedContent;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.UploadBusyException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Deletes bytes that nobody needs: of ended keys, of attempts that were overtaken, of processes that died. Safe beside any
/// number of nodes that upload, finish and tidy: it decides by what can no longer change (an attempt that was overtaken
/// stays so), and by age only where nobody is at work.
@Singleton
final class StoreTidying {

    private static final int BATCH = 100;
    /// Other sweeps shall not wait for ever; what is left, the next one takes.
    private static final int MOST_AT_ONCE = 5_000;

    private final SweepRepository repository;
    private final EvaluationKeyStore store;
    private final EvaluationKeyConfiguration times;
    private final Clock clock;

    StoreTidying(SweepRepository repository, EvaluationKeyStore store, EvaluationKeyConfiguration times, Clock clock) {
        this.repository = repository;
        this.store = store;
        this.times = times;
        this.clock = clock;
    }

    /// Bytes of revoked keys at once, of superseded ones after the retention time. The file goes first: should the process die
    /// in between, the row still tells what is to be done.
    int deleteSpentBytes() throws IOException {
        Instant before = clock.instant().minus(times.retention());
        int deleted = 0;
        List<EvaluationKeyRow> spent;
        do {
            spent = repository.withSpentBytes(before, BATCH);
            for (EvaluationKeyRow key : spent) {
                store.delete(key.storedName());
                repository.bytesDeleted(key.id());
                deleted++;
            }
        } while (spent.size() >= BATCH && deleted < MOST_AT_ONCE);
        return deleted;
    }

    /// Staged bytes of uploads that cannot go on.
    int deleteForgottenUploads() throws IOException {
        AtomicInteger deleted = new AtomicInteger();
        Instant now = clock.instant();
        Instant old = now.minus(times.forgottenAfter());
        store.eachStaged(now, upload -> deleted.addAndGet(discard(upload, old)));
        repository.deleteSpentUploads(old);
        return deleted.get();
    }

    private int discard(UploadId upload, Instant old) {
        if (isLive(upload, old)) {
            return 0;
        }
        try (StagedContent staged = store.lock(upload)) {
            if (isLive(upload, old)) {
                return 0;
            }
            staged.discard();
            return 1;
        } catch (UploadBusyException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The attempt is the latest, and holds its lease or lost it not long ago.
    private boolean isLive(UploadId upload, Instant old) {
        return repository
                .findUploading(upload.value())
                .filter(EvaluationKeyRow::isBeingMade)
                .filter(key -> key.leaseUntil() != null && key.leaseUntil().isAfter(old))
                .isPresent();
    }

    /// Stored bytes that no row names. Between storing them and committing the row there is a moment when none does; but as
    /// long as that can still happen, the attempt is the latest and being made.
    int deleteForgottenContents() throws IOException {
        AtomicInteger deleted = new AtomicInteger();
        store.eachStored(clock.instant().minus(times.forgottenAfter()), name -> {
            if (!isNeeded(name)) {
                delete(name);
                deleted.incrementAndGet();
            }
        });
        return deleted.get();
    }

    private boolean isNeeded(StoredName name) {
        return repository
                .findById(name.evaluationKey())
                .filter(key -> key.attempt() == name.attempt())
                .filter(key -> key.isBeingMade() || name.text().equals(key.storedAs()))
                .isPresent();
    }

    private void delete(StoredName name) {
        try {
            store.delete(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
