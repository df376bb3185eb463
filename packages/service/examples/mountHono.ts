/** Mounted in Hono 4, on any of its runtimes that is Node. */
import { Hono } from "hono"
import { docdata } from "./docdata.ts"

export const app = new Hono()
app.all("/docdata/*", ({ req }) => docdata.handler(req.raw))
app.all("/v1/*", ({ req }) => docdata.handler(req.raw))
