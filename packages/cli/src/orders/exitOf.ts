/**
 * The exit code that stands for a failure of a use case.
 */
import {
  type CancelFailure,
  type ChargeFailure,
  type CreateFailure,
  type GatewayFailure,
  mayHaveHappened,
  type MenuUrlFailure,
  type ModificationFailure,
  type PreviewFailure,
  type ProceedFailure,
  type RefreshFailure,
  type ResolveFailure,
  type StartFailure
} from "@docdata/application"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { CommandFailure } from "./CommandFailure.ts"

/** Everything that work on an order fails with. */
export type OrderFailure =
  | CreateFailure
  | RefreshFailure
  | PreviewFailure
  | StartFailure
  | ProceedFailure
  | CancelFailure
  | ChargeFailure
  | ModificationFailure
  | ResolveFailure
  | MenuUrlFailure
  | CommandFailure

const exitOfGateway = ({ operation, reason }: GatewayFailure): ExitCode => {
  if (mayHaveHappened(operation, reason)) return exitCodes.unclear
  switch (reason._tag) {
    case "Rejected":
    case "Fault":
      return exitCodes.errorReply
    case "RefusedBeforeSending":
      return exitCodes.badInput
    case "UnreadableReply":
    case "TransportFailure":
      return exitCodes.unreachable
  }
}

export const exitOf = (failure: OrderFailure): ExitCode => {
  switch (failure._tag) {
    case "CommandFailure":
      return failure.exit
    case "GatewayFailure":
      return exitOfGateway(failure)
    case "MenuUrlFailure":
      return exitCodes.badInput
    case "StoreFailure":
      return exitCodes.unfinished
    case "OrderNotFound":
    case "PaymentNotFound":
    case "UnknownMerchant":
    case "MerchantMismatch":
    case "MerchantInactive":
    case "IdempotencyConflict":
    case "CreateUnfinished":
    case "AlreadyCharged":
    case "AlreadyTaken":
    case "NotConfirmed":
    case "WrongState":
    case "ModificationTooLarge":
    case "ModificationNotFound":
    case "ModificationNotUnclear":
    case "ResolvedTooEarly":
    case "UnnamedRefundUnderWay":
    case "Contended":
      return exitCodes.commandFailed
  }
}
