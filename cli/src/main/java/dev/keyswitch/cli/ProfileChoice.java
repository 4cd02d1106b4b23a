package dev.keyswitch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// An encryption profile: from a file, or flag by flag.
final class ProfileChoice {
    @Option(
            names = "--profile",
            required = true,
            paramLabel = "FILE",
            description = "An encryption profile as JSON, instead of the flags below.")
    private @Nullable Path file;

    @ArgGroup(exclusive = false)
    private @Nullable ProfileFlags flags;

    EncryptionProfile read() throws IOException {
        return file != null ? read(file) : Objects.requireNonNull(flags).profile();
    }

    /// A field that nobody knows is refused here as it is by the API: a typo must not pass in silence.
    private static EncryptionProfile read(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            return Objects.requireNonNull(Json.mapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(json, EncryptionProfile.class));
        } catch (JsonProcessingException | NullPointerException e) {
            String reason =
                    e instanceof JsonProcessingException malformed ? malformed.getOriginalMessage() : "it is null";
            throw CommandException.usage("The file " + file + " is not an encryption profile: " + reason);
        }
    }
}
