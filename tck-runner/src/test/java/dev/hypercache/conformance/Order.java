package dev.hypercache.conformance;

import java.io.Serializable;

/**
 * A value of an application, public so that a loader of its own can define it.
 *
 * @param number anything
 */
public record Order(String number) implements Serializable {}
