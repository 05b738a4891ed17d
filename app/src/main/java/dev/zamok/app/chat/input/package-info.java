/** What a person types into the chat. */
@NullMarked
package dev.zamok.app.chat.input;

import org.jspecify.annotations.NullMarked;
