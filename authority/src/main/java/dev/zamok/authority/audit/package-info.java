/** Who changed what, and when, in a form that shows when something was taken out. */
@NullMarked
package dev.zamok.authority.audit;

import org.jspecify.annotations.NullMarked;
