/**
 * Receives everything that a gateway lets out, and searches it for the canaries.
 */
import { type GatewayFailure, operations, PaymentGateway } from "@docdata/application"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import { canaries } from "./gatewaySample.ts"

type Source = "log" | "span" | "error" | "exchange" | "answer" | "metric" | "provider"

/** A canary that got out: where, and the words around it. */
export interface Hit {
  readonly source: Source
  readonly text: string
}

const bigintAsText = (_: string, value: unknown): unknown => typeof value === "bigint" ? String(value) : value

/** A value as a terminal, a log file, or a template would show it. */
const shown = (value: unknown): string =>
  [
    inspect(value, { depth: 12, getters: true, maxStringLength: null, maxArrayLength: null }),
    JSON.stringify(value, bigintAsText),
    String(value)
  ].join("\n")

export class Witness {
  readonly #words: ReadonlyArray<string>
  readonly hits: Array<Hit> = []
  readonly received: Record<Source, number> = {
    log: 0,
    span: 0,
    error: 0,
    exchange: 0,
    answer: 0,
    metric: 0,
    provider: 0
  }

  /** `words` are those that must not be heard. */
  constructor(words: ReadonlyArray<string> = canaries) {
    this.#words = words
  }

  receive(source: Source, value: unknown): void {
    this.received[source] += 1
    const text = shown(value)
    for (const canary of this.#words) {
      const at = text.indexOf(canary)
      if (at >= 0) this.hits.push({ source, text: text.slice(Math.max(0, at - 80), at + 40) })
    }
  }

  /** Receives logs and spans of whatever runs with this layer, at every level. */
  get telemetry(): Layer.Layer<never> {
    const logger = Logger.make(({ cause, message }) => {
      this.receive("log", message)
      this.receive("log", Cause.pretty(cause))
    })
    const tracer = Tracer.make({ span: (options) => this.#receivedSpan(new Tracer.NativeSpan(options)) })
    return Layer.mergeAll(Logger.layer([logger]), Layer.succeed(Tracer.Tracer, tracer))
  }

  /** Receives what metrics say at this moment. */
  get metrics(): Effect.Effect<void> {
    return Effect.map(Metric.snapshot, (snapshot) => this.receive("metric", snapshot))
  }

  /** The same gateway, of which every answer, exchange and error is heard, and logged as careless callers do. */
  overhear(gateway: PaymentGateway["Service"]): PaymentGateway["Service"] {
    const received = operations.map((operation) => {
      const call = gateway[operation] as (
        ...published: ReadonlyArray<unknown>
      ) => Effect.Effect<unknown, GatewayFailure>
      return [
        operation,
        (...published: ReadonlyArray<unknown>) => Effect.onExit(call(...published), this.#receiveExit)
      ] as const
    })
    return PaymentGateway.of(Object.fromEntries(received) as unknown as PaymentGateway["Service"])
  }

  readonly #receiveExit = (exit: Exit.Exit<unknown, GatewayFailure>): Effect.Effect<void> => {
    if (Exit.isSuccess(exit)) {
      const { exchange, value } = exit.value as { readonly exchange: unknown; readonly value: unknown }
      this.receive("exchange", exchange)
      this.receive("answer", value)
      return Effect.logInfo("a call was answered", exit.value)
    }
    this.receive("error", Cause.squash(exit.cause))
    this.receive("error", Cause.pretty(exit.cause))
    return Effect.logError("a call failed", exit.cause)
  }

  #receivedSpan(span: Tracer.Span): Tracer.Span {
    const end = span.end.bind(span)
    return Object.assign(span, {
      end: (...ended: Parameters<typeof end>) => {
        end(...ended)
        this.receive("span", [span.name, [...span.attributes], span.status])
      }
    })
  }
}
