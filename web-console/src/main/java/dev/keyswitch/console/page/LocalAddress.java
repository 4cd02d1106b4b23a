package dev.keyswitch.console.page;

import java.net.URI;

/// Addresses within this console. Whatever could lead elsewhere is none.
public final class LocalAddress {

    private LocalAddress() {}

    /// `text` if it is a path of this console, with or without query; `otherwise` if not.
    public static URI or(String text, String otherwise) {
        boolean path = text.startsWith("/")
                && !text.startsWith("//")
                && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        if (!path) {
            return URI.create(otherwise);
        }
        try {
            URI uri = URI.create(text);
            return uri.getScheme() == null && uri.getRawAuthority() == null ? uri : URI.create(otherwise);
        } catch (IllegalArgumentException e) {
            return URI.create(otherwise);
        }
    }
}
