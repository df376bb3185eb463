import { readFileSync } from "node:fs"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { checkout } from "../examples/createOrder.ts"
import { callCount, test } from "./support/shop.ts"

it("the README shows the example that runs here", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")
  assert.strictEqual(/(?<=```ts\n)[\s\S]*?(?=```)/.exec(read("../README.md"))?.[0], read("../examples/createOrder.ts"))
})

test(
  "the example leads to the menu, and two clicks to the same one",
  Effect.gen(function*() {
    const basket = { number: "web-1", tryNumber: 1, totalMinor: 4990 }
    const url = yield* checkout(basket)
    assert.match(url, /command=show_payment_cluster&merchant_name=lantern_shop&payment_cluster_key=FAKE/)
    assert.match(url, /client_language=nl&default_pm=IDEAL/)
    assert.strictEqual(yield* checkout(basket), url)
    assert.strictEqual(yield* callCount("create"), 1)
    assert.notStrictEqual(yield* checkout({ ...basket, tryNumber: 2 }), url)
  })
)
