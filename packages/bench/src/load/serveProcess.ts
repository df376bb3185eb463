/**
 * `docdata serve` as a process of its own, on a file, with an offline Docdata.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { hashApiKey, makeApiKey } from "@docdata/http"

const main = join(import.meta.dirname, "../../../cli/src/main.ts")

const pages = Object.fromEntries(
  ["SUCCESS", "PENDING", "CANCELLED", "FAILED", "PAID_TOO_LATE"].map((name) => [
    `DOCDATA_${name}_URL`,
    `https://shop.example/${name}`
  ])
)

/** Waits until it has said where it listens. */
const originOf = async (child: ChildProcess): Promise<string> => {
  let said = ""
  for await (const text of child.stdout!.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    said += text
    const origin = /^service +(\S+)$/m.exec(said)?.[1]
    if (origin !== undefined) return origin
  }
  throw new Error("docdata serve ended before it served")
}

/** Starts it with `synchronous = FULL`, and answers where it listens and how to end it. */
export const serveProcess = async (
  { endpoint, file, provider }: {
    readonly endpoint: string
    readonly file: string
    readonly provider: { readonly name: string; readonly password: string }
  }
): Promise<{ readonly origin: string; readonly end: () => Promise<void> }> => {
  const child = spawn(process.execPath, ["--conditions=@docdata/source", main, "serve"], {
    // What it logs under load is no part of the result.
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      ...pages,
      DOCDATA_PUBLIC_ORIGIN: "https://pay.shop.example",
      DOCDATA_PORT: "0",
      DOCDATA_SQLITE_FILE: file,
      DOCDATA_SQLITE_DURABILITY: "full",
      DOCDATA_API_KEYS: `load:${hashApiKey(makeApiKey())}`,
      DOCDATA_TEST_ENDPOINT: endpoint,
      DOCDATA_MERCHANTS: "shop",
      // Looks that nobody notified would be counted too.
      DOCDATA_SHOP_REFRESHES_PER_MINUTE: "1",
      DOCDATA_SHOP_LOGIN: provider.name,
      DOCDATA_SHOP_PASSWORD: provider.password
    }
  })
  const ended = once(child, "exit")
  const origin = await originOf(child)
  return {
    origin,
    end: async () => {
      child.kill("SIGTERM")
      await ended
    }
  }
}
