/** Who did what in a safe: from its verified chain, and from what members say that they opened. */
@NullMarked
package dev.zamok.client.audit;

import org.jspecify.annotations.NullMarked;
