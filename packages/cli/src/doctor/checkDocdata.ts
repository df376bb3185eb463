/**
 * Asks Docdata for an order that does not exist, in the name of each account: whether the credentials are taken shows in
 * what is refused. Nothing is changed there.
 */
import { type GatewayFailure, type MerchantAccount, PaymentGateway } from "@docdata/application"
import * as Effect from "effect/Effect"
import { accountSettings } from "@docdata/service/settings"
import { type Check, fail, ok, warn } from "./Check.ts"

/** As long as a key has to be, and none that Docdata would give. */
const nobodysKey = "0".repeat(32)

/** Accounts asked at one time. */
const atOnce = 4

const failureCheck = (
  name: string,
  { credentials, name: account }: MerchantAccount,
  failure: GatewayFailure
): Check => {
  const { login, password } = accountSettings(account)
  const { reason } = failure
  switch (reason._tag) {
    case "Rejected": {
      const codes = reason.errors.map(({ code }) => code)
      if (reason.kind === "credentials") {
        const next = `check ${login.key}, ${password.key}, and whether Docdata allows the address of this machine`
        return fail(name, `refused as ${credentials.merchantName} on the ${credentials.environment} system`, next)
      }
      return reason.kind === "refused" || reason.kind === "not-found"
        ? ok(name, `taken by the ${credentials.environment} system as ${credentials.merchantName}`)
        : warn(name, `answered with ${codes.join(", ")}`, "try again; ask Docdata if it stays")
    }
    case "RefusedBeforeSending":
      return fail(
        name,
        reason.problems.map(({ message, path }) => `${path}: ${message}`).join("; "),
        `correct the settings of ${account}`
      )
    case "Unsupported":
      return fail(name, "the gateway has no operation status", "use a gateway that can read orders")
    case "Fault":
    case "UnreadableReply":
      return warn(name, `the ${credentials.environment} system does not answer as it should`, "try again later")
    case "TransportFailure":
      return fail(
        name,
        `no answer of the ${credentials.environment} system: ${reason.obstacle}`,
        "check the way from this machine to Docdata: name resolution, firewall, proxy"
      )
  }
}

const checkAccount = (account: MerchantAccount): Effect.Effect<Check, never, PaymentGateway> => {
  const name = `credentials of ${account.name}`
  return Effect.match(PaymentGateway.use((gateway) => gateway.status(account.credentials, { orderKey: nobodysKey })), {
    onSuccess: () => warn(name, "Docdata knows an order that nobody made", "ask Docdata"),
    onFailure: (failure) => failureCheck(name, account, failure)
  })
}

export const checkDocdata = (
  accounts: ReadonlyArray<MerchantAccount>
): Effect.Effect<ReadonlyArray<Check>, never, PaymentGateway> =>
  Effect.forEach(accounts, checkAccount, { concurrency: atOnce })
