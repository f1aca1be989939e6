/**
 * What operators ask a node over HTTP: whether it serves, its metrics, its keys and certificates, and that it reads them anew
 * ({@code docs/SECURITY.md}).
 *
 * <p>Knows neither the ring nor files: whether the node serves, what other members answer and what reading files anew changes is
 * put in by the node. Nothing here tells keys of entries, values or secrets. Its routes stand in the table of the node's port,
 * behind the gate.
 */
@NullMarked
package dev.hypercache.management;

import org.jspecify.annotations.NullMarked;
