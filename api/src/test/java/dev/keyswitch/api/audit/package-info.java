@NullMarked
package dev.keyswitch.api.audit;

import org.jspecify.annotations.NullMarked;
