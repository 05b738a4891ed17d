/** The terminal: one that edits lines, or a plain one. */
@NullMarked
package dev.zamok.app.chat.screen;

import org.jspecify.annotations.NullMarked;
