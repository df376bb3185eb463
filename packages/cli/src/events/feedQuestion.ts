/**
 * Which events are meant, from the flags of the commands on events.
 */
import { EventFeed, type FeedQuestion, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { eventTypeChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import { CommandFailure } from "../orders/CommandFailure.ts"
import { merchantsOf, orderNamed } from "../orders/orderNamed.ts"

/** The place after a flag, or nothing if it was not typed. */
export const positionAfter = (flag: string, { values }: Given): Effect.Effect<number | undefined, CommandFailure> => {
  const typed = values.get(flag)
  if (typed === undefined) return Effect.undefined
  const feedPosition = wholeNumber(typed, Number.MAX_SAFE_INTEGER)
  return feedPosition === undefined
    ? Effect.fail(new CommandFailure({ exit: exitCodes.badInput, message: `--${flag} is the place of an event, or 0` }))
    : Effect.succeed(feedPosition)
}

/** From `--merchant`, `--order` and `--type`; `after` is for the caller. */
export const feedQuestion = Effect.fnUntraced(function*(given: Given) {
  const { values } = given
  const name = values.get("order")
  const types = eventTypeChoices.filter((type) => type === values.get("type"))
  const question: Omit<FeedQuestion, "after"> = {
    limit: pageSizeMax,
    merchants: yield* merchantsOf(given),
    ...(types.length === 0 ? {} : { types }),
    ...(name === undefined ? {} : { orderId: (yield* orderNamed(name, given)).order.id })
  }
  return question
})

/** The place at which the feed ends at this moment. */
export const feedEnd = Effect.gen(function*() {
  const feed = yield* EventFeed
  let after = 0
  for (;;) {
    // No event fits no type: the store only looks where the feed goes on.
    const { more, next } = yield* feed.read({ after, limit: 1, types: [] })
    if (!more) return next
    after = next
  }
})
