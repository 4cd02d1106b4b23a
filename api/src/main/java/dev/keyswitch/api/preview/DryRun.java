package dev.keyswitch.api.preview;

import dev.keyswitch.api.http.QueryParameters;
import io.micronaut.http.HttpRequest;
import java.util.List;

/// Whether a call is to change nothing, as its query says. Controllers take it as a parameter if they do more than change rows in
/// one transaction.
public record DryRun(boolean wanted) {

    static DryRun of(HttpRequest<?> request) {
        List<String> sent = request.getParameters().getAll(QueryParameters.DRY_RUN);
        if (sent.isEmpty()) {
            return new DryRun(false);
        }
        if (!sent.equals(List.of("true")) && !sent.equals(List.of("false"))) {
            throw QueryParameters.refused(QueryParameters.DRY_RUN, sent.size() > 1 ? "must be given once" : "must be true or false");
        }
        return new DryRun(sent.getFirst().equals("true"));
    }
}
