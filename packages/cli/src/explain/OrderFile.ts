/**
 * The order as a person writes it down for `explain --order`: what the shop knows and the report does not say.
 */
import { Amount, type Order as DomainOrder } from "@docdata/domain"
import { Currency, Fulfilment, Hold, OrderStatus } from "@docdata/domain/schema"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { unknownOrderKey } from "./questionOf.ts"
import { decodeBytes } from "../input/decodeBytes.ts"
import { makeJsonDecoder } from "../input/decodeJson.ts"
import type { InputViolation } from "@docdata/service/input"
import { instantExpected, parseInstant } from "../input/instant.ts"

/** An order has a handful of short fields. */
export const orderFileBytesMax = 64 * 1024

const Created = Schema.String.check(
  Schema.makeFilter((text: string) => parseInstant(text) !== undefined, { expected: instantExpected })
).annotate({ description: instantExpected })

// Whether it is an amount, and of how many decimals, depends on the currency and is checked below.
const Gross = Schema.String.annotate({
  message: "expected an amount as text in major units, such as \"33.10\"",
  description: "What the order costs, as text in major units: \"33.10\". Leave it out only if it is not known"
})

// See docs/reference/cli.md.
const OrderFile = Schema.Struct({
  status: OrderStatus,
  created: Created,
  currency: Currency,
  gross: Schema.optionalKey(Gross),
  fulfilment: Schema.optionalKey(Fulfilment),
  hold: Schema.optionalKey(Hold),
  coveredByCapture: Schema.optionalKey(Schema.Boolean)
}).annotate({ identifier: "OrderFile" })

const decode = makeJsonDecoder(OrderFile)

const toOrder = (file: typeof OrderFile.Type, source: string): Result.Result<DomainOrder, InputViolation> => {
  const gross = file.gross === undefined ? undefined : Amount.fromMajor(file.gross, file.currency, "exact")
  if (gross !== undefined && Amount.isRefused(gross)) {
    return Result.fail({ source, sentence: `gross: ${gross.message}` })
  }
  if (gross !== undefined && gross.minor < 0) {
    return Result.fail({ source, sentence: "gross: what an order costs is not negative" })
  }
  return Result.succeed({
    key: unknownOrderKey,
    status: file.status,
    fulfilment: file.fulfilment ?? "wait",
    createdAtMs: parseInstant(file.created)!,
    currency: file.currency,
    ...(gross === undefined ? {} : { grossMinor: gross.minor }),
    ...(file.hold === undefined ? {} : { hold: file.hold }),
    ...(file.coveredByCapture === undefined ? {} : { coveredByCapture: file.coveredByCapture })
  })
}

/** Reads the bytes of an order file. */
export const readOrderFile = (bytes: Uint8Array, source: string): Result.Result<DomainOrder, InputViolation> => {
  const file = decodeBytes(decode, bytes, source)
  return Result.isFailure(file) ? Result.fail(file.failure) : toOrder(file.success, source)
}
