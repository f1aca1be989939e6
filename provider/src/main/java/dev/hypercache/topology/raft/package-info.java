/**
 * The topology log of a ring of processes: MicroRaft among up to five voters, pages pulled from them by everybody else.
 *
 * <p>Moves opaque changes; knows neither what a change says nor any network, thread or clock: these are the ports {@link
 * dev.hypercache.topology.raft.TopologySender}, {@link dev.hypercache.topology.raft.EngineTimer} and {@link
 * java.util.Random}, so the simulator runs the real engine in virtual time. The front door is {@link
 * dev.hypercache.topology.raft.RaftTopologyLog}. Called by the assembler of a ring's member alone; an embedded node never
 * loads it. See docs/adr/0019-topology-log-on-microraft.md.
 */
@NullMarked
package dev.hypercache.topology.raft;

import org.jspecify.annotations.NullMarked;
