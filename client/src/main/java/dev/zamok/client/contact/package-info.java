/** Cards of other accounts, pinned on first use. */
@NullMarked
package dev.zamok.client.contact;

import org.jspecify.annotations.NullMarked;
