/** What members of sealed rooms say that they opened. */
@NullMarked
package dev.zamok.authority.opening;

import org.jspecify.annotations.NullMarked;
