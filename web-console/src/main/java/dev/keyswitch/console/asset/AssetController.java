package dev.keyswitch.console.asset;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// Serves the static files. A browser asks once per version.
@Controller("/assets")
final class AssetController {

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final Assets assets;

    AssetController(Assets assets) {
        this.assets = assets;
    }

    @Get("/{version}/{name}")
    HttpResponse<?> file(String version, String name) {
        return assets.file(version, name)
                .<HttpResponse<?>>map(bytes -> HttpResponse.ok(bytes)
                        .contentType(type(name))
                        .header(HttpHeaders.CACHE_CONTROL, FOREVER))
                .orElseGet(HttpResponse::notFound);
    }

    private static MediaType type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> MediaType.of("text/css;charset=UTF-8");
            case "js" -> MediaType.of("text/javascript;charset=UTF-8");
            case "svg" -> MediaType.of("image/svg+xml");
            default -> throw new IllegalStateException("no media type for " + name);
        };
    }
}
