/** What members say to each other inside the ciphertext; see {@code CONTENT.md}. */
@NullMarked
package dev.zamok.protocol.content;

import org.jspecify.annotations.NullMarked;
