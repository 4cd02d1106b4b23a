/// What all HTTP calls have in common: JSON, ids, request ids, problems, pages of lists.
@NullMarked
package dev.keyswitch.api.http;

import org.jspecify.annotations.NullMarked;
