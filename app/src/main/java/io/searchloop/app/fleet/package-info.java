/**
 * The loop as separate processes on this machine. {@link io.searchloop.app.fleet.ChaosRun} sends
 * faults upon them: kills, pauses, restarts, full disks, slow and cut connections; {@link
 * io.searchloop.app.fleet.CostRun} leaves them alone and tells what each costs.
 *
 * <pre>
 *   FleetLaunch --> Fleet --> LoopProcess, TcpProxy, SmallDisk, JobKeeper
 *                     ^
 *   Troubles -- Fault --   FaultDeck draws, Troubles begins, ends and waits for recovery
 *   SeveralWorkers         shoppers' door; Evidence compares what they saw with the topics
 * </pre>
 */
@NullMarked
package io.searchloop.app.fleet;

import org.jspecify.annotations.NullMarked;
