package dev.keyswitch.api.preview;

import io.micronaut.core.annotation.AnnotationMetadataProvider;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/// How an operation is previewed. One without this is done in a transaction that is rolled back.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Previewed {

    How value();

    enum How {
        /// It takes a [DryRun], and changes nothing if that is wanted: an operation of several transactions, or with files.
        BY_ITSELF,
        /// It has no preview, because it changes nothing, or takes bytes in that mean nothing by themselves.
        NEVER;

        /// What an operation says; empty if it says nothing.
        public static Optional<How> of(AnnotationMetadataProvider operation) {
            return operation.getAnnotationMetadata().enumValue(Previewed.class, How.class);
        }
    }
}
