/// Key figures of a node, as Prometheus reads them.
@NullMarked
package dev.keyswitch.api.metrics;

import org.jspecify.annotations.NullMarked;
