/**
 * Creating an order, closing it, and telling its history.
 */
export * from "./cancelOrder.ts"
export * from "./clearHold.ts"
export * from "./createOrder.ts"
export * from "./expireOrder.ts"
export * from "./reservation.ts"
export * from "./timeline.ts"
export * from "./withoutPersonalData.ts"
