package dev.keyswitch.api.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// When the answer to a call with an Idempotency-Key is kept. An operation without this keeps it in the transaction of its change:
/// both are there, or neither is.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KeepAnswer {

    When value();

    enum When {
        /// Afterwards, for an operation of several transactions, or with files. Such an operation must by itself do the same and
        /// answer the same when it is asked again, because a crash can fall between its change and the keeping.
        AFTERWARDS,
        /// Never, because the operation changes nothing, or says itself where it stands.
        NEVER
    }
}
