/// What is done again and again without a request.
@NullMarked
package dev.keyswitch.api.chore;

import org.jspecify.annotations.NullMarked;
