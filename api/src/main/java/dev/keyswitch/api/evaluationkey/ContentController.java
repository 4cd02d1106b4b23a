package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.evaluationkey.EvaluationKeyStore.StoredContent;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Hands out the bytes of evaluation keys as they were uploaded, in constant memory.
@Controller("/v1/evaluation-keys/{id}/content")
@ExecuteOn(TaskExecutors.IO)
final class ContentController {

    private final EvaluationKeyRepository keys;
    private final EvaluationKeyStore store;

    ContentController(EvaluationKeyRepository keys, EvaluationKeyStore store) {
        this.keys = keys;
        this.store = store;
    }

    @Get(headRoute = false)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Allowed({Role.OWNER, Role.AGENT, Role.GATEWAY})
    HttpResponse<?> get(
            Caller caller,
            EvaluationKeyId id,
            @Header(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
            @Header(HttpHeaders.IF_RANGE) @Nullable String begun,
            @Header(HttpHeaders.RANGE) @Nullable String range)
            throws IOException {
        EvaluationKeyRow key = withContent(keys.find(Scope.of(caller), id)
                .filter(row -> caller.isFor(row.modelId()))
                .orElseThrow(() -> ProblemException.notFound("evaluation key")));
        String tag = '"' + Objects.requireNonNull(key.sha256()) + '"';
        if (known != null && isAmong(known, tag)) {
            return described(HttpResponse.notModified(), tag);
        }
        long size = Objects.requireNonNull(key.sizeBytes());
        ByteRange part = begun == null || begun.strip().equals(tag) ? ByteRange.of(range, size) : null;
        StoredContent content = open(Scope.of(caller), key);
        if (part == null) {
            return described(HttpResponse.ok(body(key, content, 0, size)), tag);
        }
        return described(HttpResponse.status(HttpStatus.PARTIAL_CONTENT).body(body(key, content, part.first(), part.length())), tag)
                .header(HttpHeaders.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + size);
    }

    /// Read as fast as the client takes it.
    private static StreamedFile body(EvaluationKeyRow key, StoredContent content, long offset, long length) throws IOException {
        long storedAt = Objects.requireNonNull(key.readyAt()).toEpochMilli();
        return new StreamedFile(
                content.read(offset, length), MediaType.APPLICATION_OCTET_STREAM_TYPE, storedAt, length);
    }

    private EvaluationKeyRow find(Scope scope, EvaluationKeyId id) {
        return keys.find(scope, id).orElseThrow(() -> ProblemException.notFound("evaluation key"));
    }

    private static EvaluationKeyRow withContent(EvaluationKeyRow key) {
        boolean handedOut = key.state() == EvaluationKeyState.READY || key.state() == EvaluationKeyState.SUPERSEDED;
        if (!handedOut || key.storedAs() == null) {
            throw new ProblemException(
                            ProblemCode.EVALUATION_KEY_STATE,
                            "The evaluation key is " + key.state() + "; there are no bytes to be had of it.")
                    .withFact("state", key.state());
        }
        return key;
    }

    private StoredContent open(Scope scope, EvaluationKeyRow key) throws IOException {
        try {
            return store.open(key.storedName());
        } catch (NoSuchFileException e) {
            // The bytes may have been deleted since the row was read; then the row says so now.
            withContent(find(scope, key.id()));
            throw e;
        }
    }

    private static boolean isAmong(String known, String tag) {
        return Arrays.stream(known.split(","))
                .map(candidate -> candidate.strip().replaceFirst("^W/", ""))
                .anyMatch(candidate -> candidate.equals("*") || candidate.equals(tag));
    }

    private static <T> MutableHttpResponse<T> described(MutableHttpResponse<T> response, String tag) {
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache, no-transform");
    }
}
