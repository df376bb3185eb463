/** Mounted in Express 4 or 5. */
import express from "express"
import { docdata } from "./docdata.ts"

export const app = express()
app.all(/^\/(docdata|v1)\//, docdata.listener) // before express.json() and its like
