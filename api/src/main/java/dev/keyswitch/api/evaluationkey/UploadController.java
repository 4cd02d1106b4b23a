package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.UploadId;
import dev.keyswitch.api.evaluationkey.UploadCompletion.Announced;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.idempotency.KeepAnswer;
import dev.keyswitch.api.preview.DryRun;
import dev.keyswitch.api.preview.Previewed;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.BeginUpload;
import dev.keyswitch.contract.evaluationkey.CompleteUpload;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs on platform threads: writing files and checking keys would hold up all requests that run on virtual ones.
@Controller("/v1")
@ExecuteOn(TaskExecutors.IO)
final class UploadController {

    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final long DAY_MILLIS = 86_400_000;

    private final Uploads uploads;
    private final UploadCompletion completion;

    UploadController(Uploads uploads, UploadCompletion completion) {
        this.uploads = uploads;
        this.completion = completion;
    }

    @Post("/evaluation-keys/{id}/uploads")
    @Status(HttpStatus.CREATED)
    @Allowed({Role.AGENT, Role.OWNER})
    @KeepAnswer(KeepAnswer.When.AFTERWARDS)
    Upload begin(Caller caller, EvaluationKeyId id, @Body BeginUpload body) throws IOException {
        int attempt = Require.between("/attempt", body.attempt(), 1, Integer.MAX_VALUE);
        long sizeBytes = Fields.required("/sizeBytes", body.sizeBytes());
        return uploads.begin(Scope.of(caller), id, attempt, sizeBytes);
    }

    @Head("/uploads/{id}")
    @Allowed({Role.AGENT, Role.OWNER})
    HttpResponse<?> offset(Caller caller, UploadId id) throws IOException {
        Upload upload = uploads.get(Scope.of(caller), id);
        return HttpResponse.noContent()
                .header(OFFSET, Long.toString(upload.offset()))
                .header(LENGTH, Long.toString(upload.sizeBytes()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Patch("/uploads/{id}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Allowed({Role.AGENT, Role.OWNER})
    @KeepAnswer(KeepAnswer.When.NEVER)
    @Previewed(Previewed.How.NEVER)
    HttpResponse<?> append(
            Caller caller, UploadId id, @Header(OFFSET) @Nullable String offset, @Body @Nullable InputStream body)
            throws IOException {
        try (InputStream chunk = body == null ? InputStream.nullInputStream() : body) {
            long now = uploads.append(Scope.of(caller), id, number(offset), chunk);
            return HttpResponse.noContent().header(OFFSET, Long.toString(now));
        }
    }

    @Post("/uploads/{id}/complete")
    @Allowed({Role.AGENT, Role.OWNER})
    @KeepAnswer(KeepAnswer.When.AFTERWARDS)
    @Previewed(Previewed.How.BY_ITSELF)
    EvaluationKey complete(Caller caller, UploadId id, DryRun dryRun, @Body CompleteUpload body) throws IOException {
        Announced announced = new Announced(
                Require.hex("/sha256", body.sha256()),
                Fields.required("/sizeBytes", body.sizeBytes()),
                Fields.required("/parts", body.parts()),
                Require.hex("/holderMac", body.holderMac()),
                body.generationMillis() == null
                        ? null
                        : Require.between("/generationMillis", body.generationMillis(), 0, DAY_MILLIS));
        return dryRun.wanted()
                ? completion.preview(Scope.of(caller), id, announced, caller.actor())
                : completion.complete(Scope.of(caller), id, announced, caller.actor());
    }

    private static long number(@Nullable String offset) {
        if (offset == null || !NUMBER.matcher(offset).matches()) {
            throw new ProblemException(
                    ProblemCode.MALFORMED_REQUEST, "The header Upload-Offset must say at which byte this chunk begins.");
        }
        return Long.parseLong(offset);
    }
}
