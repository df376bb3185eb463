import { readStatusReply, type ReplyFailure } from "@docdata/soap"
import * as Result from "effect/Result"

/** One line about the bytes of a reply, whatever they are. */
export const describeReply = (bytes: Uint8Array): string =>
  Result.match(readStatusReply(bytes), {
    onFailure: (refused: ReplyFailure) => `not read, ${refused.message}`,
    onSuccess: (reply) => {
      switch (reply._tag) {
        case "Success": {
          const { totals, payments } = reply.value
          return `${payments.length} payments, ${totals.captured ?? 0} of ${totals.registered ?? 0} captured`
        }
        case "Errors":
          return reply.errors.map(({ code, text }) => `${code}: ${text}`).join("; ")
        case "Fault":
          return `the server failed: ${reply.faultstring}`
      }
    }
  })
