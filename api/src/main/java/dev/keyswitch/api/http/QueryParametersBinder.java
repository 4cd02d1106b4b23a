package dev.keyswitch.api.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hands the [QueryParameters] to controllers that ask for them.
@Singleton
final class QueryParametersBinder implements TypedRequestArgumentBinder<QueryParameters> {

    @Override
    public Argument<QueryParameters> argumentType() {
        return Argument.of(QueryParameters.class);
    }

    @Override
    public BindingResult<QueryParameters> bind(ArgumentConversionContext<QueryParameters> context, HttpRequest<?> request) {
        return () -> Optional.of(new QueryParameters(sent(request)));
    }

    /// Without what is read for all changes alike.
    private static Map<String, List<String>> sent(HttpRequest<?> request) {
        Map<String, List<String>> sent = new HashMap<>(request.getParameters().asMap());
        if (request.getMethod() != HttpMethod.GET && request.getMethod() != HttpMethod.HEAD) {
            sent.remove(QueryParameters.DRY_RUN);
        }
        return sent;
    }
}
