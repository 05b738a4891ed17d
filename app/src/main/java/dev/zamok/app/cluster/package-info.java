/** A whole cluster as plain processes of one machine. */
@NullMarked
package dev.zamok.app.cluster;

import org.jspecify.annotations.NullMarked;
