/**
 * Notifications: taking them in, and refreshing the orders they name.
 */
export * from "./receiveNotification.ts"
export * from "./workInbox.ts"
