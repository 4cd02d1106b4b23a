/// PostgreSQL and Apache Kafka without installation, for tests and for the whole system in one process.
@NullMarked
package dev.keyswitch.embedded;

import org.jspecify.annotations.NullMarked;
