/** What was said, from store and log. */
@NullMarked
package dev.zamok.authority.history;

import org.jspecify.annotations.NullMarked;
