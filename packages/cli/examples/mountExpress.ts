/** Mounted in Express 4 or 5. */
import { nodeListener } from "@docdata/http"
import express from "express"
import { docdata } from "./docdata.ts"

export const app = express()
app.all(/^\/(docdata|v1)\//, nodeListener(docdata.handler)) // before express.json() and its like
