/** Groups: people who are one member of safes. */
@NullMarked
package dev.zamok.client.group;

import org.jspecify.annotations.NullMarked;
