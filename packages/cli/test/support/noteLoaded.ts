/**
 * Writes down which files a process loaded, when it ends: `node --import noteLoaded.ts`.
 */
import { writeFileSync } from "node:fs"
import { registerHooks } from "node:module"

const loaded = new Set<string>()
registerHooks({
  load: (url, context, next) => {
    loaded.add(url)
    return next(url, context)
  }
})
process.on("exit", () => writeFileSync(process.env["LOADED_FILES"]!, [...loaded].join("\n")))
