import { readFileSync } from "node:fs"
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import { expect, it } from "vitest"
import { tidy } from "../examples/tidy.ts"
import { layerSqlite } from "../src/sqlite/index.ts"
import { newOrder } from "./crash/orders.ts"
import { temporaryFile } from "./support/databases.ts"

it("the README shows the example that runs here", () => {
  const [example] =
    /(?<=```ts\n)[\s\S]*?(?=```)/.exec(readFileSync(new URL("../README.md", import.meta.url), "utf8")) ?? []
  expect(example).toBe(readFileSync(new URL("../examples/tidy.ts", import.meta.url), "utf8"))
})

it("the example looks into the file it is given", () =>
  Effect.runPromise(Effect.scoped(Effect.gen(function*() {
    const file = yield* temporaryFile
    const order = newOrder(0)
    yield* OrderStore.use((store) =>
      Effect.andThen(
        store.reserve(order),
        store.confirm({ orderId: order.id, key: "KEY", confirmedAtMs: 0, subscribers: [], nextRefreshAtMs: 1 })
      )
    ).pipe(Effect.provide(layerSqlite({ file })))
    expect(yield* tidy(file, 1)).toEqual({ due: 1, purged: { texts: 0, attempts: 0 } })
  }))))
