@NullMarked
package dev.keyswitch.api.model;

import org.jspecify.annotations.NullMarked;
