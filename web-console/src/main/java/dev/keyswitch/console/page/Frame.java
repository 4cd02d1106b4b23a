package dev.keyswitch.console.page;

import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What surrounds the content of a page for somebody who is signed in.
///
/// @param title of the window and of the page
/// @param section that the page belongs to; null for none
/// @param csrf for the forms of this page
public record Frame(
        String title, @Nullable Section section, Session session, List<Notice> notices, Look look, String csrf) {

    /// Addresses of what a page looks and works with.
    ///
    /// @param imported scripts that the first one imports
    public record Look(String style, String script, List<String> imported, String icon) {
        public Look {
            imported = List.copyOf(imported);
        }
    }

    /// The entries of the navigation.
    public enum Section {
        OVERVIEW("/overview", "Overview", "overview"),
        MODELS("/models", "Models", "model"),
        TOKENS("/tokens", "Tokens", "token"),
        EVALUATION_KEYS("/evaluation-keys", "Evaluation keys", "key"),
        ACTIVITY("/activity", "Activity", "activity"),
        ACCESS("/access", "Access", "access");

        private final String path;
        private final String label;
        private final String icon;

        Section(String path, String label, String icon) {
            this.path = path;
            this.label = label;
            this.icon = icon;
        }

        public String path() {
            return path;
        }

        public String label() {
            return label;
        }

        /// Names the shape before the label.
        public String icon() {
            return icon;
        }
    }

    public Frame {
        notices = List.copyOf(notices);
    }
}
