package dev.keyswitch.api.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The bodies of this operation have a JSON object on each line (NDJSON), which its types cannot tell.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LineByLine {
    Class<?> asked();

    Class<?> answered();
}
