/// The worker at the key holder: hears of wanted evaluation keys, makes them from the holder root key and uploads them.
///
/// Reads downward: [Worker] starts the rest; [TokenEventListener] polls Kafka; [JobBoard] decides what runs;
/// [RegenerationService] makes one key; [LocalPolicy] is what the holder accepts at all.
@NullMarked
package dev.keyswitch.worker;

import org.jspecify.annotations.NullMarked;
