/// Who may do what: management credentials and key holders.
@NullMarked
package dev.keyswitch.console.access;

import org.jspecify.annotations.NullMarked;
