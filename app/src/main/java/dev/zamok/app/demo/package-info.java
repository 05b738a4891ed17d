/**
 * The demonstration: a real server in a process of its own, three real clients, and what each of
 * them saw.
 */
@NullMarked
package dev.zamok.app.demo;

import org.jspecify.annotations.NullMarked;
