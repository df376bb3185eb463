/**
 * Colour as a help: what it says is always said in words beside it.
 */
import type { FindingLevel, Fulfilment, OrderStatus } from "@docdata/domain"

export type Colour = "red" | "yellow" | "green" | "bold" | "dim"

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string

const codes: Readonly<Record<Colour, readonly [on: number, off: number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  bold: [1, 22],
  dim: [2, 22]
}

export const makePaint = (enabled: boolean): Paint => (colour, text) => {
  if (!enabled) return text
  const [on, off] = codes[colour]
  return `\u001b[${on}m${text}\u001b[${off}m`
}

export const colourOfStatus: Readonly<Record<OrderStatus, Colour>> = {
  new: "yellow",
  in_progress: "yellow",
  pending: "yellow",
  paid: "green",
  paid_refunded: "green",
  cancelled: "red",
  charged_back: "red",
  refunded: "red",
  expired: "red",
  unknown: "red"
}

export const colourOfFulfilment: Readonly<Record<Fulfilment, Colour>> = { ship: "green", wait: "yellow", stop: "red" }

export const colourOfLevel: Readonly<Record<FindingLevel, Colour>> = { error: "red", warning: "yellow", info: "dim" }
