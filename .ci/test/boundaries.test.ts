import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { checkBoundaries } from "../boundaries.ts"

type Files = Readonly<Record<string, string>>

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name: `@docdata/${name}`, exports: { ".": "./src/index.ts" }, ...more })

/** A small repository that keeps every rule; each test adds one file that breaks one. */
const sound: Files = {
  "package.json": JSON.stringify({ devDependencies: { vitest: "1", "fast-check": "1" } }),
  "packages/domain/package.json": manifest("domain", {
    dependencies: { "decimal.js": "1", effect: "1" },
    devDependencies: { "@docdata/testkit": "1" },
    exports: { ".": "./src/index.ts", "./schema": "./src/schema/index.ts" }
  }),
  "packages/domain/src/index.ts": "export * from \"./reconcile.ts\"",
  "packages/domain/src/reconcile.ts": [
    "// import { Effect } from \"effect\" and Date.now() in a comment are nothing",
    "import type { Brand } from \"effect\"",
    "import { Decimal } from \"decimal.js\"",
    "import { cover } from \"./cover.ts\"",
    "import type { Line } from \"./Line.ts\"",
    "/* process.exit() */",
    "export type Id = string & Brand.Brand<\"Id\">",
    "export const example = \"import x from 'node:fs'; Math.random(); new Date()\"",
    "export const reconcile = (line: Line, input: { process: Date }) =>",
    "  [cover(line), Decimal, Math.floor(1), Date.UTC(2026, 0), input.process, { console: 1 }] as const"
  ].join("\n"),
  "packages/domain/src/cover.ts": "export const cover = (line: unknown) => line",
  "packages/domain/src/Line.ts": "import { Option } from \"effect\"\nexport type Line = Option.Option<string>",
  "packages/domain/src/schema/index.ts":
    "import { pipe, Schema } from \"effect\"\nimport * as Order from \"effect/Order\"\nexport default [pipe, Schema, Order]",
  "packages/domain/test/reconcile.test.ts":
    "import \"vitest\"\nimport \"fast-check\"\nimport \"node:fs\"\nimport \"@docdata/domain\"\nimport \"@docdata/testkit\"\nDate.now()",
  "packages/domain/vitest.config.ts": "import \"vitest/config\"",
  "packages/application/package.json": manifest("application", {
    dependencies: { "@docdata/domain": "1", effect: "1" }
  }),
  "packages/application/src/index.ts":
    "export { reconcile } from \"@docdata/domain\"\nexport { Effect } from \"effect\"",
  "packages/soap/package.json": manifest("soap", {
    dependencies: { "@docdata/domain": "1", "@docdata/application": "1", undici: "1" },
    devDependencies: { "@docdata/bench": "1", "@docdata/missing": "1" }
  }),
  "packages/soap/src/index.ts":
    "import \"@docdata/domain/schema\"\nimport { Effect, reconcile } from \"@docdata/application\"\nimport \"undici\"\nimport \"node:zlib\"",
  "packages/soap/src/deep/one.ts": "import \"../index.ts\"\nimport manifest from \"../../package.json\"",
  "packages/testkit/package.json": manifest("testkit", { dependencies: { "@docdata/domain": "1", "fast-check": "1" } }),
  "packages/simulator/package.json": manifest("simulator", { dependencies: { "@docdata/domain": "1" } }),
  "packages/simulator/src/index.ts": "import type { Line } from \"@docdata/domain\"",
  "packages/contract/package.json": manifest("contract", { dependencies: { "@docdata/domain": "1" } }),
  "packages/contract/src/index.ts": "import \"@docdata/domain/schema\"",
  "packages/bench/package.json": manifest("bench", { dependencies: { "@docdata/soap": "1", anything: "1" } }),
  "packages/bench/src/index.ts": "import \"@docdata/soap\"\nimport \"anything\"\nimport \"node:fs\""
}

let root = ""
const write = (files: Files): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "boundaries-"))
  write(sound)
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

test("a repository that keeps the rules has no violations", () => {
  expect(checkBoundaries(root)).toEqual({ violations: [], fileCount: 13, importCount: 27 })
})

/** What is planted | where | a part of the complaint. One violation each, at the line it stands in. */
const planted: Readonly<Record<string, ReadonlyArray<readonly [code: string, file: string, complaint: string]>>> = {
  "arrows that are not in the table": [
    ["import \"@docdata/soap\"", "packages/application/src/x.ts", "does not declare"],
    ["export { x } from \"undici\"", "packages/simulator/src/x.ts", "does not declare"],
    ["import { a } from \"@docdata/domain\"", "packages/simulator/src/x.ts", "types only"],
    ["import { type a } from \"@docdata/domain\"", "packages/simulator/src/x.ts", "types only"],
    ["import \"@docdata/domain\"", "packages/contract/src/x.ts", "./schema of domain only"],
    ["import \"node:fs\"", "packages/application/src/x.ts", "nothing of Node"],
    ["import \"fs\"", "packages/application/src/x.ts", "nothing of Node"],
    ["import \"#inside\"", "packages/soap/src/x.ts", "only relative paths"],
    ["import \"https://example.org/x.js\"", "packages/soap/src/x.ts", "only relative paths"],
    ["import \"/etc/x.js\"", "packages/soap/src/x.ts", "only relative paths"]
  ],
  "every form of an import": [
    ["import a, {\n  b,\n  // c\n  d\n} from \"fast-xml-parser\"", "packages/soap/src/x.ts", "does not declare"],
    ["export * from \"fast-xml-parser\"", "packages/soap/src/x.ts", "does not declare"],
    ["export * as a from 'fast-xml-parser'", "packages/soap/src/x.ts", "does not declare"],
    ["import type { a } from \"fast-xml-parser\"", "packages/soap/src/x.ts", "does not declare"],
    ["export type { a } from \"fast-xml-parser\"", "packages/soap/src/x.ts", "does not declare"],
    ["type A = import(\"fast-xml-parser\").X2jOptions", "packages/soap/src/x.ts", "does not declare"],
    ["await import(\"fast-xml-parser\")", "packages/soap/src/x.ts", "does not declare"],
    ["await import(\n  /* here */ `fast-xml-parser`\n)", "packages/soap/src/x.ts", "does not declare"],
    ["require(\"fast-xml-parser\")", "packages/soap/src/x.ts", "does not declare"],
    ["import a = require(\"fast-xml-parser\")", "packages/soap/src/x.ts", "does not declare"],
    ["const a = \"fast-xml-parser\"; await import(a)", "packages/soap/src/x.ts", "computed name"],
    ["import {", "packages/soap/src/x.ts", "cannot be read"]
  ],
  "insides of a capability": [
    ["import \"../ports/records/Order.ts\"", "packages/application/src/orders/x.ts", "ports/index.ts only"],
    ["import type { A } from \"./orders/x.ts\"", "packages/application/src/layer.ts", "orders/index.ts only"]
  ],
  "dependencies and depth": [
    ["import \"@docdata/domain/src/cover.ts\"", "packages/soap/src/x.ts", "a deep import"],
    ["import \"@docdata/domain/dist/index.js\"", "packages/soap/test/x.test.ts", "a deep import"],
    ["import \"@docdata/missing\"", "packages/soap/test/x.test.ts", "does not exist"],
    ["import \"@docdata/bench\"", "packages/soap/test/x.test.ts", "nothing imports the benchmarks"],
    ["import \"vitest\"", "packages/soap/src/x.ts", "does not declare"],
    ["import \"undeclared\"", "packages/soap/test/x.test.ts", "does not declare"],
    ["import \"@docdata/soap\"", "packages/soap/src/x.ts", "its own name"],
    ["import \"../../domain/src/cover.ts\"", "packages/soap/src/x.ts", "leaves its package"],
    ["import \"../../domain/src/cover.ts\"", "packages/soap/test/x.test.ts", "leaves its package"],
    ["import \"../test/x.ts\"", "packages/soap/src/x.ts", "src imports src only"]
  ],
  "impurity in the domain": [
    ["import \"node:crypto\"", "packages/domain/src/x.ts", "nothing of Node"],
    ["import { Effect } from \"effect\"", "packages/domain/src/x.ts", "effect's Effect"],
    ["import { Schema, Layer as Order } from \"effect\"", "packages/domain/src/x.ts", "effect's Layer"],
    ["import type { Clock } from \"effect\"", "packages/domain/src/x.ts", "effect's Clock"],
    ["export { Random } from \"effect\"", "packages/domain/src/x.ts", "effect's Random"],
    ["import * as Runtime from \"effect/Runtime\"", "packages/domain/src/x.ts", "effect's Runtime"],
    ["import * as Schema from \"effect\"", "packages/domain/src/x.ts", "the whole of effect"],
    ["export * from \"effect\"", "packages/domain/src/x.ts", "the whole of effect"],
    ["type A = import(\"effect\").Effect.Effect<1>", "packages/domain/src/x.ts", "effect's Effect"],
    ["import \"effect/testing\"", "packages/domain/src/x.ts", "effect's testing"],
    ["const a = Date.now()", "packages/domain/src/x.ts", "uses Date"],
    ["const a = new Date(0)", "packages/domain/src/x.ts", "uses Date"],
    ["const a = Date", "packages/domain/src/x.ts", "uses Date"],
    ["const a = Date[\"now\"]()", "packages/domain/src/x.ts", "uses Date"],
    ["const a = Math.random()", "packages/domain/src/x.ts", "uses Math.random"],
    ["const { random } = Math", "packages/domain/src/x.ts", "uses Math.random"],
    ["const a = `${process.env}`", "packages/domain/src/x.ts", "uses process"],
    ["const a = process as unknown", "packages/domain/src/x.ts", "uses process"],
    ["const a = { process }", "packages/domain/src/x.ts", "uses process"],
    ["const a = { [crypto.randomUUID()]: 1 }", "packages/domain/src/x.ts", "uses crypto"],
    ["console.log(1)", "packages/domain/src/x.ts", "uses console"],
    ["const a = globalThis?.x", "packages/domain/src/x.ts", "uses globalThis"],
    ["setTimeout(() => 1, 1)", "packages/domain/src/x.ts", "uses setTimeout"],
    ["const a = (b = fetch) => b", "packages/domain/src/x.ts", "uses fetch"],
    ["const a = performance.now()", "packages/domain/src/x.ts", "uses performance"],
    ["const a = import.meta.url", "packages/domain/src/x.ts", "uses import.meta"],
    ["const a = \"a\".localeCompare(\"b\")", "packages/domain/src/x.ts", "uses localeCompare"]
  ],
  "the decision path": [
    ["import \"./schema/index.ts\"", "packages/domain/src/cover.ts", "imports a schema"],
    ["import type { A } from \"./schema/index.ts\"", "packages/domain/src/cover.ts", "imports a schema"],
    ["import { Option } from \"effect\"", "packages/domain/src/cover.ts", "loads effect at run time"],
    ["import { type Option } from \"effect\"", "packages/domain/src/cover.ts", "loads effect at run time"],
    ["import * as Order from \"effect/Order\"", "packages/domain/src/cover.ts", "loads effect/Order at run time"]
  ]
}

for (const [rule, cases] of Object.entries(planted)) {
  describe(rule, () => {
    test.each(cases)("%s in %s", (code, file, complaint) => {
      write({ [file]: `\n${code}\n` })
      const { violations } = checkBoundaries(root)
      expect(violations).toHaveLength(1)
      expect(violations[0]).toContain(complaint)
      expect(violations[0]).toMatch(new RegExp(`^${file}:[12]: `))
    })
  })
}

test("a declared dependency outside the package's row is a violation even before it is imported", () => {
  write({ "packages/application/package.json": manifest("application", { dependencies: { undici: "1" } }) })
  expect(checkBoundaries(root).violations).toContain(
    "packages/application/package.json: depends on undici, which is not in its row"
  )
})

test("declaring it does not make an arrow", () => {
  write({
    "packages/memory/package.json": manifest("memory", { dependencies: { "@docdata/soap": "1", undici: "1" } }),
    "packages/memory/src/index.ts": "import \"@docdata/soap\"\nimport \"undici\""
  })
  expect(checkBoundaries(root).violations).toEqual([
    "packages/memory/package.json: depends on @docdata/soap, which is not in its row",
    "packages/memory/package.json: depends on undici, which is not in its row",
    "packages/memory/src/index.ts:1: imports @docdata/soap: memory -> soap is no arrow of the table",
    "packages/memory/src/index.ts:2: imports undici: memory -> undici is no arrow of the table"
  ])
})

test("a package without a row is a violation", () => {
  write({ "packages/extra/package.json": manifest("extra") })
  expect(checkBoundaries(root).violations).toEqual(["packages/extra: is not in the table of packages"])
})

test("a decision path that cannot be found is a violation, not a pass", () => {
  rmSync(join(root, "packages/domain/src/reconcile.ts"))
  expect(checkBoundaries(root).violations).toEqual([
    "packages/domain/src/reconcile.ts: the start of the decision path is missing"
  ])
})

const circles: Readonly<Record<string, Files>> = {
  "of two folders by a type, over different files": {
    "packages/soap/src/one/a.ts": "import type { B } from \"../two/b.ts\"",
    "packages/soap/src/two/c.ts": "import { d } from \"../one/d.ts\""
  },
  "of three folders": {
    "packages/soap/src/one/a.ts": "import \"../two/b.ts\"",
    "packages/soap/src/two/b.ts": "export * from \"../three/c.ts\"",
    "packages/soap/src/three/c.ts": "type A = import(\"../one/d.ts\").D"
  },
  "of a file and the folder beside it": {
    "packages/soap/src/a.ts": "import \"./one/b.ts\"",
    "packages/soap/src/one/c.ts": "import \"../a.ts\""
  },
  "of two folders inside a folder": {
    "packages/soap/src/deep/one/a.ts": "import \"../two/b.ts\"",
    "packages/soap/src/deep/two/b.ts": "import \"../one/c.ts\""
  }
}

describe("a circle of imports is one violation", () => {
  for (const [what, files] of Object.entries(circles)) {
    test(what, () => {
      write(files)
      const { violations } = checkBoundaries(root)
      expect(violations).toHaveLength(1)
      expect(violations[0]).toMatch(/^packages\/soap\/src\/\S+:1: is part of a circle of imports/)
    })
  }

  test("unless its package is known to have some, which it may be called only as long as it has", () => {
    const known = new Set(["soap"])
    expect(checkBoundaries(root, known).violations).toEqual([
      "packages/soap: has no circles any more, take it out of withCircles"
    ])
    write(circles["of three folders"]!)
    expect(checkBoundaries(root, known).violations).toEqual([])
  })
})

test("application exports nothing that only its own sources and tests take", () => {
  write({
    "packages/application/src/index.ts": "export { Effect, Schema } from \"effect\"\nexport * from \"@docdata/domain\"",
    "packages/application/test/x.test.ts": "import { Schema } from \"@docdata/application\""
  })
  expect(checkBoundaries(root).violations).toEqual([
    "packages/application/src/index.ts:1: exports Schema, which no other package uses",
    "packages/application/src/index.ts:2: exports *, which no other package uses"
  ])
})
