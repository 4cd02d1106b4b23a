/// Key holders.
@NullMarked
package dev.keyswitch.contract.holder;

import org.jspecify.annotations.NullMarked;
