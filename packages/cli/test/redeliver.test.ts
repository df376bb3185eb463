/**
 * `docdata webhooks redeliver --since`, page by page.
 */
import { text } from "node:stream/consumers"
import { expect, it } from "vitest"
import { inProcess } from "./support/inProcess.ts"
import { sendJson, startStandIn } from "./support/standIn.ts"

const since = "2026-01-01T00:00:00.000Z"
const serviceNow = "2026-01-31T09:30:00.000Z"

it("goes on until the instant at which the service began, whatever the clock of this machine says", async () => {
  const asked: Array<unknown> = []
  const service = await startStandIn(async (request, response) => {
    const body = JSON.parse(await text(request)) as { readonly deadLetteredUntil?: string }
    asked.push(body)
    const { deadLetteredUntil = serviceNow } = body
    sendJson(response, { body: { opened: 1_000, more: asked.length < 3, deadLetteredUntil } })
  })
  const args = ["webhooks", "redeliver", "whe_1", "--since", "2026-01-01T00:00:00Z"]
  const shell = {
    environment: { DOCDATA_SERVICE_URL: service.origin, DOCDATA_API_KEY: "dk_test" },
    nowMs: () => Date.parse(serviceNow) - 3_600_000
  }
  const ended = await inProcess(args, "", shell)
  expect(ended).toEqual({ exit: 0, stderr: "", stdout: "opened again: 3000, given up before 2026-01-31T09:30:00Z\n" })
  expect(asked).toEqual([
    { deadLetteredFrom: since },
    { deadLetteredFrom: since, deadLetteredUntil: serviceNow },
    { deadLetteredFrom: since, deadLetteredUntil: serviceNow }
  ])
  const { stdout } = await inProcess([...args, "--json"], "", shell)
  expect(JSON.parse(stdout)).toEqual({ opened: 1_000, more: false, deadLetteredUntil: serviceNow })
  await service.close()
})
