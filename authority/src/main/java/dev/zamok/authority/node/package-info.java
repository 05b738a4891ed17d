/** Several authorities and hubs that work together. */
@NullMarked
package dev.zamok.authority.node;

import org.jspecify.annotations.NullMarked;
