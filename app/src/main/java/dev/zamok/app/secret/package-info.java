/** What the terminal does with secrets on this device alone. */
@NullMarked
package dev.zamok.app.secret;

import org.jspecify.annotations.NullMarked;
