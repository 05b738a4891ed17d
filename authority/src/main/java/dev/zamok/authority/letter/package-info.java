/** Letters to people outside: by a mail server, or as files where there is none. */
@NullMarked
package dev.zamok.authority.letter;

import org.jspecify.annotations.NullMarked;
