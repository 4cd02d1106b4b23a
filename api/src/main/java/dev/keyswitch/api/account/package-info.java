/// Accounts of the deployment, and how the first ones come to be.
@NullMarked
package dev.keyswitch.api.account;

import org.jspecify.annotations.NullMarked;
