package dev.keyswitch.api.preview;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Hands the [DryRun] to controllers that ask for it.
@Singleton
final class DryRunBinder implements TypedRequestArgumentBinder<DryRun> {

    @Override
    public Argument<DryRun> argumentType() {
        return Argument.of(DryRun.class);
    }

    @Override
    public BindingResult<DryRun> bind(ArgumentConversionContext<DryRun> context, HttpRequest<?> request) {
        return () -> Optional.of(DryRun.of(request));
    }
}
