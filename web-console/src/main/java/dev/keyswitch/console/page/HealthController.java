package dev.keyswitch.console.page;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/// Says that the console answers. It keeps nothing and needs nothing but the API, which has a health page of its own.
@Controller("/health")
final class HealthController {

    @Get("/{kind:liveness|readiness}")
    @Produces(MediaType.APPLICATION_JSON)
    String health(String kind) {
        return "{\"status\":\"UP\"}";
    }
}
