/**
 * The merchant accounts that the settings describe.
 */
import type { Merchant, MerchantAccount } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { accountName, accountSettings } from "./accountSettings.ts"
import { listedAccounts } from "./listedAccounts.ts"
import { readShopStatuses } from "./readShopStatuses.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

const readSubject = Effect.fnUntraced(function*(
  reader: SettingsReader,
  name: string
): Effect.fn.Return<Pick<Merchant, "subjectMerchant">> {
  const { subjectName, subjectToken } = accountSettings(name)
  const subject = yield* reader.read(subjectName, name)
  const token = yield* reader.read(subjectToken, name)
  if (subject === "") return {}
  if (token !== undefined && Redacted.value(token) === "") {
    reader.lack(subjectToken.key, subjectToken.words)
  }
  return { subjectMerchant: { name: subject, token } }
})

const readAccount = Effect.fnUntraced(function*(reader: SettingsReader, name: string) {
  const settings = accountSettings(name)
  const account: MerchantAccount = {
    name,
    active: yield* reader.read(settings.active, name),
    credentials: {
      merchantName: yield* reader.read(settings.login, name),
      password: yield* reader.read(settings.password, name),
      environment: yield* reader.read(settings.environment, name),
      ...(yield* readSubject(reader, name))
    },
    profile: yield* reader.read(settings.profile, name),
    daysToPay: yield* reader.read(settings.daysToPay, name),
    policy: {
      rules: yield* reader.read(settings.rules, name),
      paidWhen: yield* reader.read(settings.paidWhen, name),
      shipWhen: yield* reader.read(settings.shipWhen, name),
      marginMinor: yield* reader.read(settings.margins, name),
      expireAfterDays: yield* reader.read(settings.expireAfterDays, name)
    },
    refreshesPerMinute: yield* reader.read(settings.refreshesPerMinute, name),
    ...(yield* readShopStatuses(reader, name))
  }
  return account
})

/** In the order in which the settings name them; the first is meant where none is named. */
export const readAccounts = Effect.fnUntraced(function*(
  reader: SettingsReader
): Effect.fn.Return<ReadonlyArray<MerchantAccount>> {
  const { key, words } = serviceSettings.merchants
  const names = listedAccounts(reader.sources)
  if (names.length === 0) reader.lack(key, `${words}; or add accounts with docdata merchants add`)
  const sound = names.filter((name) => accountName.test(name))
  if (sound.length < names.length) reader.note(`${key} is not ${words}`)
  return yield* Effect.forEach(sound, (name) => readAccount(reader, name))
})
