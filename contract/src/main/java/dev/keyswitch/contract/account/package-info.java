/// Accounts of the deployment, their management credentials and roles.
@NullMarked
package dev.keyswitch.contract.account;

import org.jspecify.annotations.NullMarked;
