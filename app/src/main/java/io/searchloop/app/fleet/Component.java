package io.searchloop.app.fleet;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A part of the loop that faults befall.
 *
 * @param name as reports have it
 * @param group of components of which one at a time may be in trouble, such as workers
 * @param process its process
 * @param way on which clients reach it, where that can be disturbed
 * @param disk it writes to, where that can be filled
 * @param ready whether it does its work; may ask it
 */
record Component(
    String name,
    String group,
    LoopProcess process,
    Optional<TcpProxy> way,
    Optional<SmallDisk> disk,
    BooleanSupplier ready) {}
