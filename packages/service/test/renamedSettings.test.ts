/**
 * A settings file and an environment of before a renaming still open.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { expect, it } from "vitest"
import { readAccounts } from "../src/settings/readAccounts.ts"
import { readSettings } from "../src/settings/SettingsReader.ts"
import { type Environment, openSources } from "../src/settings/Sources.ts"
import { fileWith } from "./support/settings.ts"

const fileOf = (account: object): string =>
  fileWith(JSON.stringify({ merchants: { shop: { login: "shop", password: "hush", ...account } } }), "settings.json")

const shop: Environment = { DOCDATA_MERCHANTS: "shop", DOCDATA_SHOP_LOGIN: "shop", DOCDATA_SHOP_PASSWORD: "hush" }

const rateOf = async (environment: Environment, path?: string) => {
  const sources = Result.getOrThrow(openSources(environment, path))
  const [account] = await Effect.runPromise(readSettings(sources, readAccounts))
  return { rate: account?.refreshesPerMinute, hints: [...sources.hints ?? [], ...sources.file?.hints ?? []] }
}

it("a variable of the environment is read under the name it had before, with a hint", async () => {
  expect(await rateOf({ ...shop, DOCDATA_SHOP_CHECKS_PER_MINUTE: "7" })).toEqual({
    rate: 7,
    hints: ["DOCDATA_SHOP_CHECKS_PER_MINUTE is called DOCDATA_SHOP_REFRESHES_PER_MINUTE now"]
  })
})

it("a field of a settings file is read under the name it had before, with a hint that names the file", async () => {
  const { hints, rate } = await rateOf({}, fileOf({ checksPerMinute: 7 }))
  expect(rate).toBe(7)
  expect(hints).toEqual([
    expect.stringMatching(/settings\.json: merchants\.shop\.checksPerMinute is called refreshesPerMinute now$/)
  ])
})

it("the name of now counts where a setting is there under both", async () => {
  const both = { ...shop, DOCDATA_SHOP_CHECKS_PER_MINUTE: "7", DOCDATA_SHOP_REFRESHES_PER_MINUTE: "8" }
  expect((await rateOf(both)).rate).toBe(8)
  expect((await rateOf({}, fileOf({ checksPerMinute: 7, refreshesPerMinute: 8 }))).rate).toBe(8)
})
