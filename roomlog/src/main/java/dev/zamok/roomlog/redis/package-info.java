/**
 * The room log on Redis 7.0: primaries with replicas, asked through functions ({@code *.lua} beside
 * this package). {@link dev.zamok.roomlog.redis.RedisRoomLog} is the log, {@link
 * dev.zamok.roomlog.redis.RedisLogConfig} says where it is.
 */
@NullMarked
package dev.zamok.roomlog.redis;

import org.jspecify.annotations.NullMarked;
