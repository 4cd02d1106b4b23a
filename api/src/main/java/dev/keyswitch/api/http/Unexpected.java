package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.net.SocketException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last handler: whatever nobody expected is logged once, with the request id, and answered without its innards. A caller whose
/// connection breaks in the midst of a body reads no answer, and is no failure of ours.
@Singleton
final class Unexpected implements ExceptionHandler<Throwable, MutableHttpResponse<Problem>> {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);

    private final ProblemAnswers answers;
    private final RequestIds requestIds;

    Unexpected(ProblemAnswers answers, RequestIds requestIds) {
        this.answers = answers;
        this.requestIds = requestIds;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public MutableHttpResponse<Problem> handle(HttpRequest request, Throwable thrown) {
        HttpRequest<?> typed = request;
        return answers.answer(typed, ProblemAnswers.known(thrown).orElseGet(() -> translate(typed, thrown)));
    }

    private ProblemException translate(HttpRequest<?> request, Throwable thrown) {
        if (isDatabaseAway(thrown)) {
            LOG.warn("database not reachable requestId={} error={}", requestIds.of(request), thrown.toString());
            return new ProblemException(ProblemCode.UNAVAILABLE, "The database cannot be reached at the moment. Please try again.");
        }
        if (thrown instanceof SocketException) {
            LOG.debug("the caller is gone requestId={} error={}", requestIds.of(request), thrown.toString());
            return new ProblemException(ProblemCode.MALFORMED_REQUEST, "The request ended before it was complete.");
        }
        LOG.error("request failed requestId={} {} {}", requestIds.of(request), request.getMethod(), request.getPath(), thrown);
        return internal();
    }

    static ProblemException internal() {
        return new ProblemException(
                ProblemCode.INTERNAL, "Something failed on our side. The request id leads to it in the log.");
    }

    /// Connection lost or refused (SQLSTATE class 08), server stopping or starting (57P), none free in time, or closed by the pool
    /// because it broke: giving such a connection back fails as well, and that error, which takes the place of the first one,
    /// has no SQLSTATE, since no server sent it.
    private static boolean isDatabaseAway(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException || cause instanceof SQLException sql && isAway(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(@Nullable String sqlState) {
        return sqlState == null || sqlState.startsWith("08") || sqlState.startsWith("57P");
    }
}
