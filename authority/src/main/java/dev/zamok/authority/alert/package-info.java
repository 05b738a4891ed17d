/** Tells people once what is wrong with the deployment, and once when it is right again. */
@NullMarked
package dev.zamok.authority.alert;

import org.jspecify.annotations.NullMarked;
