/// The description of this API, OpenAPI 3.1, made from its routes and from the records that go over the wire.
@NullMarked
package dev.keyswitch.api.openapi;

import org.jspecify.annotations.NullMarked;
