/** The commands about groups. */
@NullMarked
package dev.zamok.app.group;

import org.jspecify.annotations.NullMarked;
