/** Puts what happens into words for people, or into JSON for programs. */
@NullMarked
package dev.zamok.app.chat.show;

import org.jspecify.annotations.NullMarked;
