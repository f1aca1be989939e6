/** The application in a process of its own, driven by a test. Apart from the application's package, where Spring looks for beans. */
@NullMarked
package dev.hypercache.examples.instance;

import org.jspecify.annotations.NullMarked;
