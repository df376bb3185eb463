/**
 * The exit code that stands for a failure of a use case.
 */
import {
  type CancelFailure,
  type ChargeFailure,
  type CreateFailure,
  type GatewayFailure,
  mayHaveHappened,
  type MenuUrlRefused,
  type MoveFailure,
  type PreviewFailure,
  type ProceedFailure,
  type RefreshFailure,
  type SettleFailure,
  type StartFailure
} from "@docdata/application"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { NotDone } from "./NotDone.ts"

/** Everything that work on an order fails with. */
export type OrderFailure =
  | CreateFailure
  | RefreshFailure
  | PreviewFailure
  | StartFailure
  | ProceedFailure
  | CancelFailure
  | ChargeFailure
  | MoveFailure
  | SettleFailure
  | MenuUrlRefused
  | NotDone

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
    case "NotDone":
      return failure.exit
    case "GatewayFailure":
      return exitOfGateway(failure)
    case "MenuUrlRefused":
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
    case "MovementTooLarge":
    case "MovementNotFound":
    case "MovementNotUnclear":
    case "SettledTooEarly":
    case "UnnamedRefundUnderWay":
    case "Contended":
      return exitCodes.notDone
  }
}
