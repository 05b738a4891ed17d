/** Finding secrets by what their labels say. */
@NullMarked
package dev.zamok.secrets.search;

import org.jspecify.annotations.NullMarked;
