package dev.keyswitch.console.asset;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The static files, read once. All have one version, made from all their bytes: scripts import each other by relative
/// address, so they must change their address together.
@Singleton
public final class Assets {

    private static final String FOLDER = "/console/static/";
    private static final int VERSION_LENGTH = 12;

    /// Every script, the one that pages name first.
    static final List<String> SCRIPTS = List.of(
            "console.js",
            "pages.js",
            "dialogs.js",
            "forms.js",
            "combobox.js",
            "live.js",
            "times.js",
            "profile-form.js",
            "menus.js",
            "selection.js");

    static final List<String> OTHERS = List.of("console.css", "icon.svg");

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final String version;

    Assets() {
        SCRIPTS.forEach(name -> files.put(name, read(name)));
        OTHERS.forEach(name -> files.put(name, read(name)));
        version = digest(files);
    }

    /// Where a file is served; the address changes when any file does.
    public String url(String name) {
        if (!files.containsKey(name)) {
            throw new IllegalArgumentException("there is no asset " + name);
        }
        return "/assets/" + version + "/" + name;
    }

    /// Addresses of the scripts that are imported by the first one, to be fetched along with it.
    public List<String> imported() {
        return SCRIPTS.stream().skip(1).map(this::url).toList();
    }

    Optional<byte[]> file(String askedVersion, String name) {
        return askedVersion.equals(version) ? Optional.ofNullable(files.get(name)) : Optional.empty();
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the asset " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
