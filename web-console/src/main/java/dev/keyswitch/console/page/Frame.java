package dev.keyswitch.console.page;

import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import java.util.List;

/// What surrounds the content of a page for somebody who is signed in.
///
/// @param title of the window and of the page
/// @param csrf for the forms of this page
public record Frame(
        String title, Section section, Session session, List<Notice> notices, Look look, String csrf) {

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
        MODELS,
        TOKENS,
        NONE
    }

    public Frame {
        notices = List.copyOf(notices);
    }
}
