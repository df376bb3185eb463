/**
 * Mutation testing of application, http and soap by a seeded sample, so that it ends: `npm run mutation:adapters`. The tests of
 * a package run against its mutants.
 *
 *     npm run mutation:adapters                             12 pieces of 20 lines; each day other ones of the next package
 *     npm run mutation:adapters -- --package soap           12 pieces of this package
 *     npm run mutation:adapters -- --pieces 40 --seed 7     more of them, and the same ones again
 *
 * The seed is printed. Fails when fewer than 85 % of the mutants are found.
 */
import { spawnSync } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"

const root = join(import.meta.dirname, "..")
const pieceLines = 20
const dayMs = 86_400_000

const packages = ["application", "http", "soap"]

const { values } = parseArgs({
  options: {
    pieces: { type: "string", default: "12" },
    seed: { type: "string", default: String(Math.floor(Date.now() / dayMs)) },
    package: { type: "string" }
  }
})

/** Numbers from 0 up to 1, decided by the seed (mulberry32). */
const randomFrom = (seed: number): () => number => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const piecesOf = (file: string): ReadonlyArray<string> => {
  const count = readFileSync(join(root, file), "utf8").split("\n").length
  return Array.from({ length: Math.ceil(count / pieceLines) }, (_, index) => {
    const from = index * pieceLines + 1
    return `${file}:${from}-${Math.min(count, from + pieceLines - 1)}`
  })
}

const seed = Number(values.seed)
const random = randomFrom(seed)
const name = values.package ?? packages[seed % packages.length]!
const sample = globSync(`packages/${name}/src/**/*.ts`, { cwd: root }).toSorted().flatMap(piecesOf)
  .map((piece) => ({ piece, rank: random() }))
  .toSorted((one, other) => one.rank - other.rank)
  .slice(0, Number(values.pieces))
  .map(({ piece }) => piece)

console.log(`seed ${values.seed}\n${sample.join("\n")}`)
const { status } = spawnSync(
  join(root, "node_modules", ".bin", "stryker"),
  ["run", ".ci/stryker.adapters.config.json", "--mutate", sample.join(",")],
  { cwd: root, stdio: "inherit", env: { ...process.env, DOCDATA_MUTATED: name } }
)
process.exitCode = status ?? 1
