/**
 * Events for subscribers inside this process: each has a name and reads a stream.
 *
 * An event counts as taken when its subscriber comes back for the next one, not when it lies in a queue: a queue dies
 * with the process. So an event is never lost, and after a crash, a timeout or a subscriber that left, it comes again
 * with the same id.
 *
 * A subscriber that is slow, or not there, fails its own deliveries and nobody else's: the relay puts them back and
 * the outbox keeps them, in order, as long as it takes. Nothing waits in memory but what was handed over last.
 */
import { DeliveryFailure, EventSink, type StoredEvent } from "@docdata/application"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"

/**
 * How many events may lie between the relay and one subscriber. Each is an order's next event that somebody waits
 * for, so a long queue would only be a longer wait; a full one is a failed delivery, which is tried again.
 */
export const handoverCapacity = 64

/** How long a subscriber may take for one event, with those before it in the queue, unless told otherwise. */
export const takeWithinMsDefault = 10_000

/** One event on its way to a subscriber. */
interface Handover {
  readonly event: StoredEvent
  readonly taken: Deferred.Deferred<void, DeliveryFailure>
  /** The relay stopped waiting: the event will come again. */
  withdrawn: boolean
}

export class ProcessEvents extends Context.Service<ProcessEvents, {
  /**
   * The events of a subscriber, in order per order of the shop. Comes to no end by itself. Work on an event before
   * asking for the next: coming back for more says that this one is done. Two readers of one name share its events.
   */
  readonly events: (subscriber: string) => Stream.Stream<StoredEvent>
}>()("@docdata/memory/ProcessEvents") {}

const failed = (subscriber: string, event: StoredEvent, reason: string): DeliveryFailure =>
  new DeliveryFailure({ subscriber, eventId: event.id, permanent: false, reason })

/** Takes the next handover that somebody still waits for. */
const nextOf = (queue: Queue.Queue<Handover>): Effect.Effect<Handover> =>
  Effect.flatMap(Queue.take(queue), (handover) => handover.withdrawn ? nextOf(queue) : Effect.succeed(handover))

const eventsOf = (subscriber: string, queue: Queue.Queue<Handover>): Stream.Stream<StoredEvent> =>
  Stream.suspend(() => {
    let inHand: Handover | undefined
    const resolve = (effect: (handover: Handover) => Effect.Effect<unknown>) =>
      Effect.suspend(() => {
        const done = inHand
        inHand = undefined
        return done === undefined ? Effect.void : effect(done)
      })
    const next = resolve(({ taken }) => Deferred.succeed(taken, undefined)).pipe(
      Effect.andThen(nextOf(queue)),
      Effect.map((handover) => {
        inHand = handover
        return handover.event
      })
    )
    const leave = resolve(({ event, taken }) => Deferred.fail(taken, failed(subscriber, event, "the subscriber left")))
    return Stream.ensuring(Stream.fromEffectRepeat(next), leave)
  })

const deliverTo = (
  { subscriber, queue }: { readonly subscriber: string; readonly queue: Queue.Queue<Handover> },
  event: StoredEvent,
  takeWithinMs: number
): Effect.Effect<void, DeliveryFailure> =>
  Effect.suspend(() => {
    const handover: Handover = { event, taken: Deferred.makeUnsafe(), withdrawn: false }
    if (!Queue.offerUnsafe(queue, handover)) return Effect.fail(failed(subscriber, event, "its queue is full"))
    return Deferred.await(handover.taken).pipe(
      Effect.timeoutOrElse({
        duration: takeWithinMs,
        orElse: () => Effect.fail(failed(subscriber, event, `not done within ${takeWithinMs} ms`))
      }),
      Effect.ensuring(Effect.sync(() => {
        handover.withdrawn = true
      }))
    )
  })

/**
 * An event sink for the named subscribers, and their streams. The names are fixed, because deliveries are opened for
 * all of them with every commit, whether they read at that moment or not.
 */
export const layerProcessEvents = (
  options: { readonly subscribers: ReadonlyArray<string>; readonly takeWithinMs?: number }
): Layer.Layer<EventSink | ProcessEvents> =>
  Layer.effectContext(Effect.gen(function*() {
    const queues = new Map<string, Queue.Queue<Handover>>()
    for (const subscriber of options.subscribers) {
      queues.set(subscriber, yield* Queue.dropping<Handover>(handoverCapacity))
    }
    const takeWithinMs = options.takeWithinMs ?? takeWithinMsDefault
    const sink = EventSink.of({
      subscribersFor: () => Effect.succeed([...queues.keys()]),
      subscribers: () => Effect.succeed([...queues.keys()]),
      deliver: (subscriber, event) => {
        const queue = queues.get(subscriber)
        return queue === undefined
          ? Effect.fail(failed(subscriber, event, "no subscriber of this process has this name"))
          : Effect.as(deliverTo({ subscriber, queue }, event, takeWithinMs), undefined)
      }
    })
    const streams = ProcessEvents.of({
      events: (subscriber) => {
        const queue = queues.get(subscriber)
        return queue === undefined
          ? Stream.die(new Error(`${subscriber} is none of the subscribers that the layer was given`))
          : eventsOf(subscriber, queue)
      }
    })
    return Context.empty().pipe(Context.add(EventSink, sink), Context.add(ProcessEvents, streams))
  }))
