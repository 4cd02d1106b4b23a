package dev.keyswitch.cli;

import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the API is, with which credential, and where the holder's files are. The environment wins; without it, the
/// Keyswitch that runs on this machine is meant.
final class Configuration {
    /// A person waits: give up sooner than the client does by itself.
    private static final int RETRIES = 2;

    private final Terminal terminal;

    Configuration(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @throws CommandException if there is nothing to connect to, or nothing to connect with
    KeyswitchClient connect() {
        Optional<RunningSystem> running = RunningSystem.find(terminal);
        URI url = url(running);
        return connect(url, credential(url, running));
    }

    /// With the value of a token instead of a credential.
    KeyswitchClient connectWith(String tokenValue) {
        return connect(url(RunningSystem.find(terminal)), tokenValue);
    }

    private URI url(Optional<RunningSystem> running) {
        return terminal.setting("KEYSWITCH_URL")
                .map(Configuration::url)
                .or(() -> running.map(RunningSystem::api))
                .orElseThrow(() -> CommandException.usage(
                        "No Keyswitch runs on this machine.",
                        "Start one with 'keyswitch up', or set KEYSWITCH_URL and KEYSWITCH_CREDENTIAL."));
    }

    private static KeyswitchClient connect(URI url, String credential) {
        try {
            return KeyswitchClient.builder()
                    .url(url)
                    .credential(credential)
                    .maxRetries(RETRIES)
                    .build();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("KEYSWITCH_URL or KEYSWITCH_CREDENTIAL is not right: " + e.getMessage() + ".");
        }
    }

    /// The holder's root key file.
    Path rootKey() {
        return terminal.setting("KEYSWITCH_ROOT_KEY")
                .map(Path::of)
                .or(() -> RunningSystem.find(terminal).map(RunningSystem::rootKey))
                .orElseThrow(() -> CommandException.usage(
                        "There is no root key to derive from.",
                        "Set KEYSWITCH_ROOT_KEY to the holder's root key file."));
    }

    /// The credential of a running system goes to no other URL than its own.
    private String credential(URI url, Optional<RunningSystem> running) {
        return terminal.setting("KEYSWITCH_CREDENTIAL")
                .or(() -> running.filter(system -> system.api().equals(url)).map(Configuration::ownerCredential))
                .orElseThrow(() ->
                        CommandException.usage("There is no credential for " + url + ".", "Set KEYSWITCH_CREDENTIAL."));
    }

    private static String ownerCredential(RunningSystem running) {
        try {
            return Files.readString(running.ownerCredential());
        } catch (NoSuchFileException e) {
            throw CommandException.usage("The running Keyswitch has no file " + running.ownerCredential() + ".");
        } catch (IOException e) {
            throw CommandException.usage("The file " + running.ownerCredential() + " cannot be read.");
        }
    }

    private static URI url(String text) {
        try {
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("KEYSWITCH_URL is not a URL like https://host:port.");
        }
    }
}
