#!/usr/bin/env node
import * as nodeModule from "node:module"

// The cache keeps V8's compiled code between runs: about a quarter less time until the first line of output. Node
// versions before 22.1 do not have it; those are too old for the rest as well, and are told so in one line.
if (nodeModule.enableCompileCache === undefined) {
  console.error(`docdata: Node 22.19 or newer is needed, this is ${process.versions.node}`)
  process.exitCode = 1
} else {
  nodeModule.enableCompileCache()
  await import("../dist/bundle/docdata.js")
}
