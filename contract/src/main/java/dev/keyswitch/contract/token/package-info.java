/// User access tokens and their assignment to models.
@NullMarked
package dev.keyswitch.contract.token;

import org.jspecify.annotations.NullMarked;
