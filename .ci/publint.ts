// Looks at every published package the way its users' resolvers will, on the files npm would pack.
import { readdirSync, readFileSync } from "node:fs"
import { publint } from "publint"
import { formatMessage } from "publint/utils"

const packagesFolder = new URL("../packages/", import.meta.url)
let complaintCount = 0

for (const name of readdirSync(packagesFolder)) {
  const folder = new URL(`${name}/`, packagesFolder)
  const manifest = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"))
  if (manifest.private === true) continue
  const { messages } = await publint({ pkgDir: folder.pathname, pack: "npm", strict: true })
  for (const message of messages) {
    console.error(`${manifest.name}: ${formatMessage(message, manifest) ?? message.code}`)
    complaintCount += 1
  }
}
if (complaintCount > 0) process.exit(1)
