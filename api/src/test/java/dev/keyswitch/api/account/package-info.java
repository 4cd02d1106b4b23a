@NullMarked
package dev.keyswitch.api.account;

import org.jspecify.annotations.NullMarked;
