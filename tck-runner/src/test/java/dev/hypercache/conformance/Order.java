package dev.hypercache.conformance;

import java.io.Serializable;
import java.util.Date;

/**
 * A value of an application, public so that a loader of its own can define it.
 *
 * @param number anything
 * @param placed a mutable part, so that the value has to be copied
 */
public record Order(String number, Date placed) implements Serializable {}
