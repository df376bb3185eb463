// Bundles the command into one file. `npm ci` runs it, so that `npx docdata` works in a fresh clone without a build;
// one file also starts several times faster than a tree of modules.
import { build } from "esbuild"

await build({
  entryPoints: [new URL("src/main.ts", import.meta.url).pathname],
  outfile: new URL("dist/docdata.js", import.meta.url).pathname,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.19",
  conditions: ["source"],
  // Some dependencies are CommonJS and call require for Node's own modules, which an ES module does not have.
  banner: {
    js:
      "import { createRequire as __createRequire } from \"node:module\"; const require = __createRequire(import.meta.url);"
  },
  legalComments: "none",
  logLevel: "warning"
})
