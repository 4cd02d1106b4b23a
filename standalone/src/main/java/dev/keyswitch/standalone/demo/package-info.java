/// The story of one token, told by running it.
@NullMarked
package dev.keyswitch.standalone.demo;

import org.jspecify.annotations.NullMarked;
