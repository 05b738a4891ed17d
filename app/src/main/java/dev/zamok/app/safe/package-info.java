/** The commands about safes. */
@NullMarked
package dev.zamok.app.safe;

import org.jspecify.annotations.NullMarked;
