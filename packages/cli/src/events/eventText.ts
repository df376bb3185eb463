/**
 * Events as lines, for people and for machines.
 */
import { type FeedEntry, timelineOf } from "@docdata/application"
import { printable } from "../text/printable.ts"
import { instantText } from "../text/whenText.ts"
import type { EventLine } from "./EventLine.ts"

const eventJson = ({ event, feedPosition }: FeedEntry): string => {
  const { id, merchant, payload, occurredAtMs, orderId, position, revision } = event
  const { type, ...data } = payload
  const line: typeof EventLine.Type = {
    feedPosition: feedPosition,
    id,
    type,
    merchant,
    orderId,
    revision,
    position,
    occurred: instantText(occurredAtMs),
    data
  }
  return JSON.stringify(line)
}

const eventLineText = ({ event, feedPosition }: FeedEntry): string => {
  const [entry] = timelineOf({ events: [event], refreshes: [], modifications: [] })
  const words = printable(entry?.text ?? event.payload.type)
  return `${String(feedPosition).padStart(7)}  ${instantText(event.occurredAtMs)}  ${
    event.orderId.padEnd(24)
  }  ${words}`
}

export const eventLine = (entry: FeedEntry, asJson: boolean): string => asJson ? eventJson(entry) : eventLineText(entry)
