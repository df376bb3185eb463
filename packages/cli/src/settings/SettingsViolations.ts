/**
 * Everything that is wrong with the settings, a line each; no values, because some of them are secrets.
 */
import * as Data from "effect/Data"

export class SettingsViolations extends Data.TaggedError("SettingsViolations")<{
  readonly found: ReadonlyArray<string>
  /** Those of `found` that somebody else's environment may not have: settings that are nowhere. */
  readonly missing?: ReadonlyArray<string>
}> {
  override get message(): string {
    return this.found.join("; ")
  }
}
