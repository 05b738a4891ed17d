/** One room as a member lives it: order, repair, messages, membership. */
@NullMarked
package dev.zamok.client.room;

import org.jspecify.annotations.NullMarked;
