/**
 * `docdata simulate`: an offline Docdata on this machine, until it is interrupted.
 */
import type { Command } from "../Command.ts"
import { scenarioNames } from "../simulate/scenarioNames.ts"

export const simulate: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "port", value: "N", words: "where to listen; default 8089, and 0 is any free port" },
    { name: "seed", value: "N", words: "the same seed gives the same keys and ids; default 1" },
    { name: "update-url", value: "URL", words: "where notifications go, on this machine; ends in =" },
    {
      name: "scenario",
      value: "NAME",
      offers: scenarioNames,
      words: "plays a scenario at once, on an order of its own"
    },
    { name: "list", words: "lists the scenarios and ends" }
  ],
  notes: [
    "It prints its addresses and serves until Ctrl-C or SIGTERM. Point a client at",
    "the SOAP address, or load the WSDL; the account is demo_shop with password",
    "demo-password. Time is real; docdata simulator clock moves it",
    "forward."
  ].join("\n"),
  run: async (given, shell) => {
    const { runSimulate } = await import("../simulate/runSimulate.ts")
    return runSimulate(given, shell)
  }
}
