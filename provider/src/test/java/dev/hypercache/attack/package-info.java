/**
 * The attack list (SECURITY §4.3) against nodes at ports of loopback: what a stranger, or somebody with the wrong proof, can try
 * over a socket. What it may not know: the code behind the port, beyond what a caller sees, counters and the audit log.
 */
@NullMarked
package dev.hypercache.attack;

import org.jspecify.annotations.NullMarked;
