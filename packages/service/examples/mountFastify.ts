/** Mounted in Fastify 5. */
import fastify from "fastify"
import { docdata } from "./docdata.ts"

export const app = fastify()
app.addHook("onRequest", async ({ raw, url }, reply) => {
  if (/^\/(docdata|v1)\//.test(url)) docdata.listener(raw, reply.hijack().raw)
})
