/**
 * `docdata webhooks redeliver --since`, page by page.
 */
import { text } from "node:stream/consumers"
import { expect, it } from "vitest"
import { inProcess } from "./support/inProcess.ts"
import { sendJson, startStandIn } from "./support/standIn.ts"

const sinceMs = Date.UTC(2026, 0, 1)
const serviceNowMs = Date.UTC(2026, 0, 31, 9, 30)

it("goes on until the instant at which the service began, whatever the clock of this machine says", async () => {
  const asked: Array<unknown> = []
  const service = await startStandIn(async (request, response) => {
    const body = JSON.parse(await text(request)) as { readonly deadLetteredUntilMs?: number }
    asked.push(body)
    const { deadLetteredUntilMs = serviceNowMs } = body
    sendJson(response, { body: { opened: 1_000, more: asked.length < 3, deadLetteredUntilMs } })
  })
  const args = ["webhooks", "redeliver", "whe_1", "--since", "2026-01-01T00:00:00Z"]
  const shell = {
    environment: { DOCDATA_SERVICE_URL: service.origin, DOCDATA_API_KEY: "dk_test" },
    nowMs: () => serviceNowMs - 3_600_000
  }
  const ended = await inProcess(args, "", shell)
  expect(ended).toEqual({
    exit: 0,
    stderr: "",
    stdout: "opened again: 3000, dead-lettered before 2026-01-31T09:30:00Z\n"
  })
  expect(asked).toEqual([
    { deadLetteredFromMs: sinceMs },
    { deadLetteredFromMs: sinceMs, deadLetteredUntilMs: serviceNowMs },
    { deadLetteredFromMs: sinceMs, deadLetteredUntilMs: serviceNowMs }
  ])
  const { stdout } = await inProcess([...args, "--json"], "", shell)
  expect(JSON.parse(stdout)).toEqual({ opened: 1_000, deadLetteredUntilMs: serviceNowMs })
  await service.close()
})
