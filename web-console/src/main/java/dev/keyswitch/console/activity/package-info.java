/// The audit trail: who changed what, when.
@NullMarked
package dev.keyswitch.console.activity;

import org.jspecify.annotations.NullMarked;
