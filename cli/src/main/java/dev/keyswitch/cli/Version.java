package dev.keyswitch.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// From the jar's manifest.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"keyswitch " + Objects.requireNonNullElse(version, "(built from source)")};
    }
}
