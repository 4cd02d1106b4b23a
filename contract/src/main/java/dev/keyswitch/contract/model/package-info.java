/// Models and their encryption profiles.
@NullMarked
package dev.keyswitch.contract.model;

import org.jspecify.annotations.NullMarked;
