/**
 * The guards of the house: package edges, size and naming rules, links in the documents.
 *
 * <p>They read class files, sources and documents of every module and know nothing of what the product does. Surefire
 * runs them with all other tests.
 */
@NullMarked
package dev.hypercache.house;

import org.jspecify.annotations.NullMarked;
