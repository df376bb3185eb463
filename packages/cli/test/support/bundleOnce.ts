/**
 * Bundles the command into a folder of its own before the tests, so that they run what users run and leave `dist`
 * alone.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { bundle, type BundledSources } from "../../bundle.ts"

declare module "vitest" {
  interface ProvidedContext {
    readonly bundleFolder: string
    readonly bundledSources: BundledSources
  }
}

export const setup = async (project: TestProject): Promise<() => void> => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-cli-"))
  const bundleFolder = join(folder, "bundle")
  project.provide("bundledSources", await bundle(bundleFolder))
  project.provide("bundleFolder", bundleFolder)
  return () => rmSync(folder, { recursive: true, force: true })
}
