/** The strict subset of JSON that tickets, keys and contents use. */
@NullMarked
package dev.zamok.protocol.json;

import org.jspecify.annotations.NullMarked;
