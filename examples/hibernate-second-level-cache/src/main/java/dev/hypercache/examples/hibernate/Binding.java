package dev.hypercache.examples.hibernate;

/** How a book is bound. */
public enum Binding {
    HARDCOVER,
    PAPERBACK
}
