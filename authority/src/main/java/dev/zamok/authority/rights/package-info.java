/** Who asks, and what that permits: the one place where rights are decided. */
@NullMarked
package dev.zamok.authority.rights;

import org.jspecify.annotations.NullMarked;
