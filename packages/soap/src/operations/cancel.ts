/**
 * `cancel`: what became of the request to cancel an order. Its request is {@link writeOrderByKey}.
 */
import type { CancelResult } from "@docdata/application"
import { displayText } from "../displayText.ts"
import { statusLengthMax } from "../envelope/Reply.ts"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { optional, parent } from "../shape/Shape.ts"
import { text } from "../shape/values.ts"

const resultByText: ReadonlyMap<string, CancelResult> = new Map([
  ["NO_PAYMENTS", { _tag: "NoPayments" }],
  ["ALREADY_CANCELED", { _tag: "AlreadyCancelled" }],
  ["SUCCESS", { _tag: "Cancelled" }],
  ["FAILED", { _tag: "NotCancelled" }],
  ["PENDING", { _tag: "Pending" }]
])

/** Source: Docdata XSD 1.3, `cancelResponse`. Versions before 1.3 send no result: it is not known which word holds. */
export const cancelReply = replyFormat(
  "cancel",
  parent({ result: optional(text) }, ({ result = "" }): CancelResult => {
    const word = result.trim()
    return resultByText.get(word) ?? { _tag: "Unrecognised", word: displayText(word, statusLengthMax) }
  })
)
