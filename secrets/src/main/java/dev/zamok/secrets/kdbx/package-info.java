/** The databases of KeePass. */
@NullMarked
package dev.zamok.secrets.kdbx;

import org.jspecify.annotations.NullMarked;
