/// Models and their encryption profiles.
@NullMarked
package dev.keyswitch.api.model;

import org.jspecify.annotations.NullMarked;
