/** Every bound of the simulator, in one place, each with its reason. */

/** A create request with a thousand invoice lines is about 1 MB; nothing honest is larger. */
export const requestBytesMax = 1_048_576
/** Orders that can be asked for. The oldest is forgotten beyond that, so that a long load test does not fill the memory. */
export const ordersKeptMax = 20_000
/** References stay taken for ever, also those of forgotten orders; a million of them is some 100 MB. */
export const referencesKeptMax = 1_000_000
/** Attempts per order. A shopper gives up long before; a loop in a client does not. */
export const paymentsPerOrderMax = 50
/** Captures, refunds and chargebacks of one payment, together. */
export const modificationsPerPaymentMax = 200
/** Entries of the request log, the notification log and the history: the newest are kept. */
export const logEntriesMax = 2_000
/** Characters of a request or reply kept in the log. */
export const logTextMax = 65_536
/** Things that wait for their time: notifications, captures, refunds. */
export const dueItemsMax = 100_000
/** The provider gives up after ten attempts to deliver a notification. Source: manual 1.3, chapter 3.12. */
export const notificationAttemptsMax = 10
/** How long a receiver may take to answer a notification, in real time: a test should see a hanging receiver fail soon. */
export const notificationTimeoutMs = 5_000
/** Faults that can be planned at once. */
export const faultsPlannedMax = 1_000
/** Body of a control request: a fault plan of a thousand faults fits. */
export const controlBytesMax = 262_144
/** A faulty reply may not grow beyond this, so that a typing error does not fill the disk of whoever reads it. */
export const oversizedBytesMax = 67_108_864
/** Delays of faults are real time; a longer one than this outlives every sensible deadline and only blocks the close. */
export const faultDelayMsMax = 120_000
/** The menu closes an order after this many days, whatever the order says. Source: tests of an integrator against the service. */
export const menuOpenDays = 21
