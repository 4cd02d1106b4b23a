/// The console in a real Chromium, over the real API with its database, its broker and a worker.
@NullMarked
package dev.keyswitch.console.browser;

import org.jspecify.annotations.NullMarked;
