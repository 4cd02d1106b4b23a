/// What all pages share: frame, notices, texts, refusals, headers.
@NullMarked
package dev.keyswitch.console.page;

import org.jspecify.annotations.NullMarked;
