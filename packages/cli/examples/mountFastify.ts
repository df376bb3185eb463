/** Mounted in Fastify 5. */
import { nodeListener } from "@docdata/http"
import fastify from "fastify"
import { docdata } from "./docdata.ts"

const listener = nodeListener(docdata.handler)
export const app = fastify()
app.addHook("onRequest", async ({ raw, url }, reply) => {
  if (/^\/(docdata|v1)\//.test(url)) listener(raw, reply.hijack().raw)
})
