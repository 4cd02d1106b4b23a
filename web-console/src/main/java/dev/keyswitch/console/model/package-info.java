/// The pages about models.
@NullMarked
package dev.keyswitch.console.model;

import org.jspecify.annotations.NullMarked;
