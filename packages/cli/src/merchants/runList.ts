/**
 * The work of `docdata merchants list`.
 */
import type { MerchantAccount } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { endWith } from "../settings/endWith.ts"
import { listing } from "../settings/listing.ts"
import { readAccounts, readSettings } from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import type { MerchantOutput } from "./MerchantOutput.ts"

const outputOf = ({ active, credentials, daysToPay, name, profile }: MerchantAccount): typeof MerchantOutput.Type => ({
  name,
  login: credentials.merchantName,
  environment: credentials.environment,
  active,
  profile,
  daysToPay,
  ...(credentials.subjectMerchant === undefined ? {} : { subject: credentials.subjectMerchant.name })
})

export const runList = (given: Given, shell: Shell): Promise<ExitCode> =>
  endWith(
    "docdata merchants list",
    shell,
    Effect.gen(function*() {
      const accounts = yield* readSettings(yield* sourcesFor(given, shell), readAccounts)
      yield* listing(given, shell, {
        items: accounts.map(outputOf),
        heads: ["name", "login", "environment", "profile", "days to pay", "state"],
        cells: ({ active, daysToPay, environment, login, name, profile }) => [
          name,
          login,
          environment,
          profile,
          String(daysToPay),
          active ? "active" : "inactive"
        ]
      })
      return exitCodes.done
    })
  )
