/**
 * Sends what learning needs to Kafka without ever making a shopper wait for it.
 *
 * <pre>
 *   request threads --offer--> bounded queue --signal thread: encode, send--> Kafka
 *                      |                                        |
 *                      +-- full: counted as lost                +-- failed: counted as lost
 * </pre>
 *
 * <p>{@link io.searchloop.streams.signal.SignalSender} is the entry and owns one thread; producer
 * callbacks run on the producer's.
 */
@NullMarked
package io.searchloop.streams.signal;

import org.jspecify.annotations.NullMarked;
