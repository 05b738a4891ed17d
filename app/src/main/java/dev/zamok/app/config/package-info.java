/** The configuration file: read once, every problem reported at once, before a socket opens. */
@NullMarked
package dev.zamok.app.config;

import org.jspecify.annotations.NullMarked;
