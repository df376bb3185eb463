/**
 * A settings file that changes while the service runs.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { rmSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { openSources } from "../src/settings/Sources.ts"
import { readSettings } from "../src/settings/SettingsReader.ts"
import { readServicePlan } from "../src/settings/readServicePlan.ts"
import { SettingsWatch } from "../src/settings/SettingsWatch.ts"
import { fileWith, neededSettings } from "./support/settings.ts"

const [till, desk, environment] = ["a".repeat(64), "b".repeat(64), "c".repeat(64)]

const settings = {
  ...neededSettings,
  apiKeys: { till: { hash: till, scope: "read" }, desk: { hash: desk, scope: "operate" } }
}

const watched = async () => {
  const path = fileWith(JSON.stringify(settings, undefined, 2))
  const sources = Result.getOrThrow(openSources({ DOCDATA_API_KEYS: `own:${environment}` }, path))
  await Effect.runPromise(readSettings(sources, readServicePlan))
  const { changed } = new SettingsWatch(sources, sources.origin!)
  const next = () => Effect.runPromise(Effect.result(changed))
  /** The ids of the keys that are granted after two looks, the first of which says nothing. */
  const granted = async (): Promise<ReadonlyArray<string>> => {
    expect(await next()).toEqual(Result.succeed(undefined))
    const change = await next()
    expect(await next()).toEqual(Result.succeed(undefined))
    return Result.isFailure(change) ? change.failure.granted.map(({ id }) => id) : []
  }
  return { path, next, granted }
}

const textWithout = (name: string): string =>
  JSON.stringify({ ...settings, apiKeys: { ...settings.apiKeys, [name]: undefined } }, undefined, 2)

describe("a settings file that becomes no JSON while the service runs", () => {
  it.each<readonly [how: string, text: string]>([
    ["whose key was taken out", `${textWithout("till")},`],
    ["whose key was commented out by lines", JSON.stringify(settings, undefined, 2).replace(/^(?=.*a{64})/m, "// ")],
    [
      "whose key was commented out as a block",
      JSON.stringify(settings, undefined, 2).replace(/"till": \{[^}]*\},/, (text) => `/* ${text} */`)
    ]
  ])("%s grants that key no longer, and the others still", async (_how, text) => {
    const { granted, path } = await watched()
    writeFileSync(path, text)
    expect(await granted()).toEqual(["own", "desk"])
  })

  it("is used again as soon as it is right again", async () => {
    const { granted, next, path } = await watched()
    writeFileSync(path, "{")
    expect(await granted()).toEqual(["own"])
    writeFileSync(path, JSON.stringify(settings))
    const change = await next()
    expect(Result.isSuccess(change) ? change.success?.keys.map(({ id }) => id) : []).toEqual(["own", "till", "desk"])
  })

  it("takes no key away while an editor is still writing it", async () => {
    const { next, path } = await watched()
    writeFileSync(path, "{ \"apiKeys\":")
    expect(await next()).toEqual(Result.succeed(undefined))
    writeFileSync(path, JSON.stringify(settings))
    const change = await next()
    expect(Result.isSuccess(change) ? change.success?.keys : []).toHaveLength(3)
  })
})

it("a settings file that is removed while the service runs leaves only the keys of the environment", async () => {
  const { granted, path } = await watched()
  rmSync(path)
  expect(await granted()).toEqual(["own"])
})

it("a key that is revoked in a settings file with a byte order mark is revoked", async () => {
  const { next, path } = await watched()
  writeFileSync(path, `\uFEFF${textWithout("till")}`)
  const change = await next()
  expect(Result.isSuccess(change) ? change.success?.keys.map(({ id }) => id) : []).toEqual(["own", "desk"])
})
