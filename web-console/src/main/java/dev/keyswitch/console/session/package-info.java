/// Sessions on the server, and the gate that every request passes.
@NullMarked
package dev.keyswitch.console.session;

import org.jspecify.annotations.NullMarked;
