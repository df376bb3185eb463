/**
 * What the shop's own order becomes when one of its attempts changes.
 */
export * from "./followShopOrder.ts"
