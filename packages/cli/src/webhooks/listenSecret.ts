/**
 * The secret that `docdata webhooks listen` signs with: kept for the user of this machine, so that the program that
 * receives the messages need not be told a new one at each start.
 */
import { isWebhookSecret, makeWebhookSecret } from "@docdata/http"
import * as Redacted from "effect/Redacted"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Shell } from "../Shell.ts"

/** Where it is kept; nowhere for a user without a home. */
const secretPath = ({ environment }: Pick<Shell, "environment">): string | undefined => {
  const { HOME: home = "", XDG_STATE_HOME: state = "" } = environment
  if (state !== "") return join(state, "docdata", "listen-secret")
  return home === "" ? undefined : join(home, ".local", "state", "docdata", "listen-secret")
}

const keptAt = (path: string): Redacted.Redacted | undefined => {
  try {
    const secret = Redacted.make(readFileSync(path, "utf8").trim())
    return isWebhookSecret(secret) ? secret : undefined
  } catch {
    return undefined
  }
}

/** The one that is kept, or a new one, which is kept from now on where that is possible. */
export const listenSecret = (shell: Pick<Shell, "environment">): Redacted.Redacted => {
  const path = secretPath(shell)
  const kept = path === undefined ? undefined : keptAt(path)
  if (kept !== undefined || path === undefined) return kept ?? makeWebhookSecret()
  const secret = makeWebhookSecret()
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, `${Redacted.value(secret)}\n`, { mode: 0o600 })
  } catch {
    // A home that cannot be written: the next start makes another one.
  }
  return secret
}
