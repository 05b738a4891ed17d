/** Reads the files of other programs; which, it sees by their first bytes. */
@NullMarked
package dev.zamok.secrets.imports;

import org.jspecify.annotations.NullMarked;
