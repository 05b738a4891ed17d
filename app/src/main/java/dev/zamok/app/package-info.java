/**
 * The {@code zamok} command. One package per command; each command is the composition root of its
 * process.
 */
@NullMarked
package dev.zamok.app;

import org.jspecify.annotations.NullMarked;
