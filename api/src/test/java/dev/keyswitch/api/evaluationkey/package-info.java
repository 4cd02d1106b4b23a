@NullMarked
package dev.keyswitch.api.evaluationkey;

import org.jspecify.annotations.NullMarked;
