/**
 * Events as lines, for people and for machines.
 */
import { type FeedEntry, timelineOf } from "@docdata/application"
import { printable } from "@docdata/service/text"
import { instantText } from "../text/whenText.ts"
import type { EventLine } from "./EventLine.ts"

const eventJson = ({ event, place }: FeedEntry): string => {
  const { id, merchant, news, occurredAtMs, orderId, position, revision } = event
  const { type, ...data } = news
  const line: typeof EventLine.Type = {
    place,
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

const eventWords = ({ event, place }: FeedEntry): string => {
  const [entry] = timelineOf({ events: [event], looks: [], movements: [] })
  const words = printable(entry?.text ?? event.news.type)
  return `${String(place).padStart(7)}  ${instantText(event.occurredAtMs)}  ${event.orderId.padEnd(24)}  ${words}`
}

export const eventLine = (entry: FeedEntry, asJson: boolean): string => asJson ? eventJson(entry) : eventWords(entry)
