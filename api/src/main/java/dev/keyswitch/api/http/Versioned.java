package dev.keyswitch.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;

/// A single thing and the number of its version, which is its `ETag`: it rises with every change that people make.
public record Versioned<T>(T value, long version) {

    public HttpResponse<T> ok() {
        return HttpResponse.ok(value).header(HttpHeaders.ETAG, tag(version));
    }

    public HttpResponse<T> created() {
        return HttpResponse.<T>status(HttpStatus.CREATED).body(value).header(HttpHeaders.ETAG, tag(version));
    }

    public String etag() {
        return tag(version);
    }

    static String tag(long version) {
        return "\"" + version + "\"";
    }
}
