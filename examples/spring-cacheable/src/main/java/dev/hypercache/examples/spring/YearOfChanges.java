package dev.hypercache.examples.spring;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * The clock changes of one year.
 *
 * @param year the year
 * @param shiftByZone for each zone whose clocks change in the year, by how much they do so first
 */
public record YearOfChanges(int year, Map<String, Duration> shiftByZone) implements Serializable {}
