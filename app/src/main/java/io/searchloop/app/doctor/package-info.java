/**
 * Whether a machine and its surroundings can run the loop, and how to mend what cannot.
 *
 * <pre>
 *   Doctor --> MachineChecks, PortChecks, NativeChecks, KafkaChecks, RegistryChecks --> Finding, ...
 * </pre>
 *
 * <p>{@link io.searchloop.app.doctor.Doctor} is the entry. One thread; nothing is changed but a
 * topic of its own that {@code KafkaChecks} makes and deletes.
 */
@NullMarked
package io.searchloop.app.doctor;

import org.jspecify.annotations.NullMarked;
