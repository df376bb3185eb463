/**
 * The control API of a simulator that runs.
 */
import { printable } from "@docdata/service/text"
import { type ExitCode, exitCodes } from "../ExitCode.ts"

const urlDefault = "http://127.0.0.1:8089/control"

/** A scenario waits on the simulator's clock, not on ours; one that does not answer by then hangs. */
const answerMsMax = 60_000

/** What the simulator answered, or how the command ends and why. */
export type ControlAnswer<A> = { readonly value: A } | { readonly exit: ExitCode; readonly because: string }

/** `line` is method and path below the control address: `POST /clock`. `typed` is what stands behind `--url`. */
export const askControl = async <A>(
  line: string,
  typed: string | undefined,
  body?: unknown
): Promise<ControlAnswer<A>> => {
  const [method = "GET", path = ""] = line.split(" ")
  const url = typed ?? urlDefault
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    return { exit: exitCodes.badInput, because: "--url is an http address: the one behind control" }
  }
  let response: Response
  try {
    response = await fetch(`${url.replace(/\/$/, "")}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMsMax)
    })
  } catch {
    return {
      exit: exitCodes.unreachable,
      because: `no simulator answers at ${printable(url)}: docdata simulate starts one`
    }
  }
  const value = await response.json().catch(() => undefined) as A & { readonly error?: string } | undefined
  if (response.ok && value !== undefined) return { value }
  const exit = response.status === 400 ? exitCodes.badInput : exitCodes.commandFailed
  return { exit, because: printable(value?.error ?? `that is no simulator: it answered ${response.status}`) }
}
