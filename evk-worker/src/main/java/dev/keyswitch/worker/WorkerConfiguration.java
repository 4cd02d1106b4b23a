package dev.keyswitch.worker;

import dev.keyswitch.contract.event.KafkaConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What a worker needs to know.
///
/// @param api the one API it talks to
/// @param credential of role AGENT, bound to this key holder
/// @param kafka where the account's topics are
/// @param holderFolder has `root.key` and, after the first contact, `deployment.id`
/// @param stableName a name that no other running worker has and that survives a restart: its share of the topic is
///     handed to it again at once instead of after a time-out
/// @param parallelism evaluation keys made at the same time
/// @param policy what this holder accepts
public record WorkerConfiguration(
        URI api,
        String credential,
        KafkaConnection kafka,
        Path holderFolder,
        Optional<String> stableName,
        int parallelism,
        LocalPolicy policy) {

    public WorkerConfiguration {
        if (parallelism < 1 || parallelism > 256) {
            throw new IllegalArgumentException("parallelism must be 1 to 256, not " + parallelism);
        }
    }

    /// The stable one, or a new one at each call.
    WorkerName name() {
        return stableName.map(WorkerName::stable).orElseGet(WorkerName::passing);
    }

    /// Never shows the credential.
    @Override
    public String toString() {
        return "WorkerConfiguration[api=" + api + " kafka=" + kafka + " name=" + stableName + "]";
    }
}
